"""The company's name: what `serve` was told last stays with the store, for everything else that works on it."""

from __future__ import annotations

from typing import Final

from wizterm.server.store.ledger import Fact
from wizterm.server.store.store import Store

COMPANY: Final = "company"
NAMELESS: Final = "My company"


def company_name(store: Store, told: str = "") -> str:
    """`told` where somebody says it now, else the name that was kept."""
    if told:
        return told
    with store.reading():
        kept: Fact | None = Fact.get_or_none(Fact.name == COMPANY)
    return kept.value if kept is not None else NAMELESS


def keep_company_name(store: Store, name: str) -> None:
    """Nothing is written where it stands there already: every start says it."""
    if company_name(store) == name:
        return
    with store.writing():
        Fact.insert(name=COMPANY, value=name).on_conflict(
            conflict_target=[Fact.name], update={Fact.value: name}
        ).execute()
