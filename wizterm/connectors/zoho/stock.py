"""What lies in the warehouse, as Zoho's items bear it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from wizterm.connectors.pulling import Page, Rows
from wizterm.connectors.zoho.answers import Row
from wizterm.connectors.zoho.calls import Calls
from wizterm.connectors.zoho.goods import Goods
from wizterm.connectors.zoho.setting import Setting
from wizterm.connectors.zoho.walk import Walk

HEADER = ("sku", "quantity")


def pull_stock(calls: Calls, setting: Setting, cursor: str) -> Page:
    """All of it each time: a sale of Zoho's own touches no item."""
    walk = Walk.read(cursor)
    found, more = calls.page("items", walk.page, {})
    counted = {str(row["sku"]): quantity(row, setting) for row in found if row.get("sku")}
    cells = [(code, f"{count.normalize():f}") for code, count in counted.items() if count is not None]
    return Page((Rows("stock", HEADER, cells),), walk.then(more=more), more=more)


def stock_of(calls: Calls, setting: Setting, goods: Goods, code: str) -> Decimal | None:
    """None for what is unknown there, or not counted."""
    item = goods.id_of(calls, code)
    return None if item is None else quantity(calls.get(f"items/{item}").get("item") or {}, setting)


def quantity(row: Row, setting: Setting) -> Decimal | None:
    """On hand, in the location that is meant or in all; None where Zoho counts none."""
    places = [place for place in row.get("locations") or [] if isinstance(place, dict)]
    if setting.location:
        places = [place for place in places if place.get("location_name") == setting.location]
        return _sum(places)
    return _number(row.get("stock_on_hand")) if not places else _sum(places)


def _sum(places: list[Row]) -> Decimal | None:
    counts = [count for place in places if (count := _number(place.get("location_stock_on_hand"))) is not None]
    return sum(counts, Decimal(0)) if counts else None


def _number(value: Any) -> Decimal | None:
    """Zoho writes it as a number or as text; as empty text where nothing is counted."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
