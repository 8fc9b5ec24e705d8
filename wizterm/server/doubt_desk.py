"""What was doubted about documents when they came: it calls for a person until one has seen it."""

from __future__ import annotations

from typing import Any

from wizterm.domain.document import State
from wizterm.server.deciding import Deciding, Role
from wizterm.server.office_error import OfficeError
from wizterm.server.store.base import rows
from wizterm.server.store.paperwork import TakenDocument
from wizterm.server.store.store import Store

_OVER = (State.SUPERSEDED, State.CANCELLED)


class DoubtError(OfficeError):
    """There is nothing to see; the message says why."""


class DoubtDesk:
    def __init__(self, store: Store, by: Deciding) -> None:
        self._store = store
        self._by = by

    def seen(self, wanted: str) -> str:
        """Somebody has looked at the doubts of the document with this number or id; gives its number.

        They stay on its page and call nobody any more. Of two documents with one number both are meant: look at both.
        """
        with self._by.decide(Role.CLERK, "saw the doubts about") as decision:
            named = (TakenDocument.id == wanted) | (TakenDocument.number == wanted)
            found = rows(TakenDocument.select(TakenDocument.number, TakenDocument.doubted).where(named))
            if not found:
                raise DoubtError(f"There is no document {wanted[:40]!r}: look for it among the documents.")
            decision.about = found[0][0]
            if not any(doubted for _, doubted in found):
                raise DoubtError(f"No doubt about {decision.about} waits to be seen: nothing was changed.")
            TakenDocument.update(doubted=False).where(named).execute()
            return decision.about


def calling() -> Any:
    """The condition that doubts of a document wait to be seen; what was replaced or cancelled calls nobody."""
    return TakenDocument.doubted & TakenDocument.state.not_in([str(state) for state in _OVER])
