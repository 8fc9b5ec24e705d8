"""Zoho's items as those of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from wizterm.connectors.pulling import Page, Rows
from wizterm.connectors.zoho.answers import Row
from wizterm.connectors.zoho.calls import Calls
from wizterm.connectors.zoho.goods import Goods
from wizterm.connectors.zoho.ground import Ground
from wizterm.connectors.zoho.walk import Walk

HEADER = ("sku", "name", "description", "gtin", "unit", "base_price", "base_currency", "discontinued")
EVERY = {"filter_by": "Status.All"}
"""Those that are no longer active too."""
GTIN_LENGTHS = (8, 12, 13, 14)


def pull_items(calls: Calls, ground: Ground, goods: Goods, cursor: str) -> Page:
    """What became inactive is said to be discontinued; what was so from the beginning is left out."""
    walk = Walk.read(cursor)
    found, more = calls.page("items", walk.page, EVERY)
    for row in found:
        goods.note(row)
    cells = dict(_cells(row, ground) for row in found if row.get("sku") and (walk.again or _is_sold(row)))
    return Page((Rows("products", HEADER, list(cells.values())),), walk.then(more=more), more=more)


def amount(value: Any) -> str:
    return "" if value in {None, ""} else f"{Decimal(str(value)).normalize():f}"


def _cells(row: Row, ground: Ground) -> tuple[str, tuple[str, ...]]:
    code, price = str(row["sku"]), amount(row.get("rate"))
    return code, (
        code,
        str(row.get("name") or code),
        str(row.get("description") or ""),
        next(_gtins(row), ""),
        str(row.get("unit") or ""),
        price,
        ground.currency if price else "",
        "no" if _is_sold(row) else "yes",
    )


def _is_sold(row: Row) -> bool:
    return row.get("status", "active") == "active" and row.get("item_type") != "purchases"


def _gtins(row: Row) -> Iterator[str]:
    """Zoho writes them as numbers, now and then."""
    codes = (str(row.get(name) or "") for name in ("ean", "upc"))
    return (code for code in codes if code.isdecimal() and len(code) in GTIN_LENGTHS)
