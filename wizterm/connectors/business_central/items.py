"""Business Central's items as items of the catalogue, with their prices and what lies there."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from wizterm.connectors.business_central.answers import Row
from wizterm.connectors.business_central.calls import Calls, text
from wizterm.connectors.business_central.goods import LONGEST_CODE
from wizterm.connectors.business_central.ground import Ground
from wizterm.connectors.business_central.setting import Setting
from wizterm.connectors.business_central.walk import Walk, walk_all, walk_changes
from wizterm.connectors.pulling import Page, Rows

HEADER = ("sku", "name", "description", "category", "gtin", "unit", "base_price", "base_currency", "discontinued")
READ = "number,displayName,displayName2,itemCategoryCode,gtin,baseUnitOfMeasureCode,unitPrice,blocked"
LISTS = ("id", "name", "currency", "falls_back_to_base")
STOCK = ("sku", "quantity")
READ_STOCK = "number,type,inventory"
COUNTED = "Inventory"
"""The type of items that Business Central keeps count of."""
GTIN_LENGTHS = (8, 12, 13, 14)


def pull_items(calls: Calls, ground: Ground, cursor: str) -> Page:
    """What is blocked is said to be discontinued."""

    def read(found: list[Row]) -> tuple[Rows, ...]:
        return (Rows("products", HEADER, list(_items(found, ground.currency))),)

    return walk_changes(calls, cursor, "items", READ, read)


def pull_prices(ground: Ground, setting: Setting) -> Page:
    """The one list whose prices the items bring themselves: the published interface gives no others."""
    rows = [(setting.price_list, "Standard prices", ground.currency, "yes")]
    return Page((Rows("price_lists", LISTS, rows),), Walk().text(), more=False)


def pull_stock(calls: Calls, cursor: str) -> Page:
    """All of it each time: what is received or shipped does not stamp the item."""

    def read(found: list[Row]) -> tuple[Rows, ...]:
        rows = [(str(row["number"]), amount(row.get("inventory") or 0)) for row in found if row["type"] == COUNTED]
        return (Rows("stock", STOCK, rows),)

    return walk_all(calls, cursor, "items", READ_STOCK, read)


def stock_of(calls: Calls, item: str) -> Decimal | None:
    """Of the one item with this number; None for what is unknown there, or not counted."""
    if not 0 < len(item) <= LONGEST_CODE:
        return None
    for row in calls.find("items", f"number eq {text(item)}", select=READ_STOCK):
        if str(row["number"]).upper() == item.upper() and row["type"] == COUNTED:
            return Decimal(str(row.get("inventory") or 0))
    return None


def amount(value: Any) -> str:
    return "" if value is None else f"{Decimal(str(value)).normalize():f}"


def _items(found: list[Row], currency: str) -> Iterator[tuple[str, ...]]:
    for row in found:
        price = amount(row.get("unitPrice"))
        yield (
            str(row["number"]),
            str(row.get("displayName") or row["number"]),
            str(row.get("displayName2") or ""),
            str(row.get("itemCategoryCode") or ""),
            _gtin(str(row.get("gtin") or "")),
            str(row.get("baseUnitOfMeasureCode") or ""),
            price,
            currency if price else "",
            "yes" if row.get("blocked") else "no",
        )


def _gtin(code: str) -> str:
    return code if code.isascii() and code.isdecimal() and len(code) in GTIN_LENGTHS else ""
