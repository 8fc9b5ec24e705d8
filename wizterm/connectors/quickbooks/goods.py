"""The items of QuickBooks that a document names: by their SKU, else by their name."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from wizterm.connectors.base import UNKNOWN_ITEM
from wizterm.connectors.faults import Unknown
from wizterm.connectors.quickbooks.answers import Row
from wizterm.connectors.quickbooks.calls import Calls
from wizterm.domain.text import plain

SOLD = {"Inventory", "NonInventory", "Service"}
"""Types of items that a line can name; categories and bundles are none."""
DELETED = " (deleted)"
"""What QuickBooks puts behind the name of an item that is made inactive."""


class Goods:
    """Those of one document."""

    def __init__(self, calls: Calls, codes: Collection[str], items: Mapping[str, str]) -> None:
        self._items = items
        self._found = find_items(calls, {items.get(code, code) for code in codes})

    def item(self, code: str, field: str, said: str) -> Row:
        """Raises `Unknown`."""
        theirs = self._items.get(code, code)
        found = self._found.get(theirs, [])
        if len(found) == 1:
            return found[0]
        many = f"{len(found)} active items" if found else "no active item"
        words = f"QuickBooks has {many} with the SKU or name {plain(theirs)} ({plain(said)}): map it, or mend it there."
        raise Unknown(words, field, UNKNOWN_ITEM)


def find_items(calls: Calls, codes: Collection[str]) -> dict[str, list[Row]]:
    """By code; a name counts only where no item bears the code as its SKU."""
    found: dict[str, list[Row]] = {}
    for field in ("Sku", "Name"):
        for row in calls.among("Item", field, [code for code in codes if code not in found]):
            if row.get("Type") in SOLD and row.get(field) in codes:
                found.setdefault(row[field], []).append(row)
    return found


def code_of(row: Row) -> str:
    """What the item is called here."""
    name = str(row.get("Name", ""))
    return str(row.get("Sku") or (name if row.get("Active", True) else name.removesuffix(DELETED)))
