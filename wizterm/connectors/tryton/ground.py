"""What this Tryton has: the modules and records that everything else stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wizterm.connectors.faults import NotDone
from wizterm.connectors.http import LONG
from wizterm.connectors.tryton.calls import Calls, Row
from wizterm.connectors.tryton.setting import Setting


@dataclass(frozen=True, slots=True)
class Ground:
    sale_fields: frozenset[str]
    line_fields: frozenset[str]
    party_fields: frozenset[str]
    address_fields: frozenset[str]
    shop: int | None
    """The web shop that orders come in by; None where Tryton has no web shops."""

    @property
    def unique(self) -> bool:
        """Whether Tryton itself refuses a second sale with one key."""
        return self.shop is not None


def survey(calls: Calls, setting: Setting) -> Ground:
    """Raises a `Fault`."""
    sale_fields = calls.fields("sale.sale")
    return Ground(
        sale_fields=sale_fields,
        line_fields=calls.fields("sale.line"),
        party_fields=calls.fields("party.party"),
        address_fields=calls.fields("party.address"),
        shop=_shop(calls, setting) if "web_id" in sale_fields else None,
    )


def only(found: Sequence[Row], wanted: str, what: str, key: str) -> Row:
    """The one with the wanted name, or the only one there is; raises `NotDone` where that is not one."""
    named = [row for row in found if not wanted or row["name"] == wanted]
    if len(named) == 1:
        return named[0]
    names = ", ".join(sorted(row["name"] for row in found)) or "none"
    raise NotDone(f"Tryton has {len(named)} {what} to choose from ({names}): say {key} in [erp.tryton].", LONG)


def _shop(calls: Calls, setting: Setting) -> int:
    found = calls.search("web.shop", [["company", "=", calls.company]], ["name"])
    return int(only(found, setting.shop, "web shops", "shop")["id"])
