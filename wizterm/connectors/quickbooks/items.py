"""QuickBooks's items as items of the catalogue, with their prices and what lies there."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from wizterm.connectors.pulling import Page, Rows
from wizterm.connectors.quickbooks.answers import Row
from wizterm.connectors.quickbooks.calls import Calls
from wizterm.connectors.quickbooks.goods import SOLD, code_of, find_items
from wizterm.connectors.quickbooks.ground import Ground
from wizterm.connectors.quickbooks.parties import EVER
from wizterm.connectors.quickbooks.setting import Setting
from wizterm.connectors.quickbooks.walk import Walk, walk_all, walk_changes

HEADER = ("sku", "name", "description", "category", "base_price", "base_currency", "discontinued")
LISTS = ("id", "name", "currency", "falls_back_to_base")
STOCK = ("sku", "quantity")
COUNTED = "Inventory"
"""The type of items whose stock QuickBooks keeps."""


def pull_items(calls: Calls, ground: Ground, cursor: str) -> Page:
    """What is no longer active is said to be discontinued; what was not before is left out."""

    def read(found: list[Row]) -> tuple[Rows, ...]:
        return (Rows("products", HEADER, list(_items(found, ground.currency))),)

    return walk_changes(calls, cursor, "Item", EVER, read)


def pull_prices(ground: Ground, setting: Setting) -> Page:
    """The one list whose prices the items bring themselves: the interface gives no others."""
    rows = [(setting.price_list, "Standard prices", ground.currency, "yes")]
    return Page((Rows("price_lists", LISTS, rows),), Walk().text(), more=False)


def pull_stock(calls: Calls, cursor: str) -> Page:
    """All of it each time: whether a movement stamps the item is not published."""

    def read(found: list[Row]) -> tuple[Rows, ...]:
        rows = {code_of(row): amount(row.get("QtyOnHand", 0)) for row in found if code_of(row)}
        return (Rows("stock", STOCK, list(rows.items())),)

    return walk_all(calls, cursor, "Item", f"Type = '{COUNTED}'", read)


def stock_of(calls: Calls, item: str) -> Decimal | None:
    """Of the one item with this SKU or name; None for what is unknown there, or not counted."""
    found = find_items(calls, [item]).get(item, [])
    if len(found) != 1 or found[0]["Type"] != COUNTED:
        return None
    return Decimal(str(found[0].get("QtyOnHand", 0)))


def amount(value: Any) -> str:
    return "" if value is None else f"{Decimal(str(value)).normalize():f}"


def _items(found: list[Row], currency: str) -> Iterator[tuple[str, ...]]:
    """A price of nothing is what QuickBooks has where nobody said a price."""
    codes = set()
    for row in found:
        code = code_of(row)
        if not code or code in codes or row.get("Type") not in SOLD:
            continue
        codes.add(code)
        price = amount(row.get("UnitPrice") or None)
        yield (
            code,
            str(row.get("Name") or code),
            str(row.get("Description") or ""),
            str((row.get("ParentRef") or {}).get("name") or ""),
            price,
            currency if price else "",
            "no" if row.get("Active", True) else "yes",
        )
