"""What lies in the warehouse. A move touches no product, so that all of it is read each time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from wizterm.connectors.pulling import Page, Rows
from wizterm.connectors.tryton.calls import Calls, Row
from wizterm.connectors.tryton.ground import only
from wizterm.connectors.tryton.setting import Setting
from wizterm.connectors.tryton.walk import PAGE, Walk

HEADER = ("sku", "quantity")
FIELDS = ("code", "quantity", "sale_uom.factor", "default_uom.factor")
PLACES = Decimal("0.0001")


def pull_stock(calls: Calls, setting: Setting, cursor: str, today: Callable[[], date]) -> Page:
    walk = Walk.read(cursor)
    found = _goods(calls, setting, today(), [["id", ">", walk.after]])
    rows = {row["code"]: _quantity(row) for row in found if row["code"]}
    more = len(found) == PAGE
    after = Walk(after=found[-1]["id"]) if more else Walk()
    return Page((Rows("stock", HEADER, list(rows.items())),), after.text(), more=more)


def stock_of(calls: Calls, setting: Setting, item: str, today: date) -> Decimal | None:
    """Of the one product with this code; None for what is unknown there, or no goods."""
    found = _goods(calls, setting, today, [["code", "=", item]])
    return Decimal(_quantity(found[0])) if found else None


def _goods(calls: Calls, setting: Setting, today: date, which: list[Any]) -> list[Row]:
    """A page of those that are sold, with what lies in the warehouse."""
    places = calls.search("stock.location", [["type", "=", "warehouse"]], ["name"])
    place = only(places, setting.warehouse, "warehouses", "warehouse")["id"]
    return calls.search(
        "product.product",
        [["salable", "=", True], ["type", "=", "goods"], *which],
        FIELDS,
        most=PAGE,
        order=[("id", "ASC")],
        locations=[place],
        stock_date_end=today,
    )


def _quantity(row: Row) -> str:
    """In the unit it is sold in; Tryton counts in the one it is kept in."""
    kept = Decimal(str(row["quantity"] or 0))
    factor = Decimal(str(row["default_uom."]["factor"])) / Decimal(
        str((row.get("sale_uom.") or row["default_uom."])["factor"])
    )
    return f"{(kept * factor).quantize(PLACES).normalize():f}"
