"""Prices of Zoho's price lists, for one page of items after the other."""

from __future__ import annotations

from wizterm.connectors.pulling import Page, Rows
from wizterm.connectors.zoho.calls import Calls
from wizterm.connectors.zoho.ground import Ground
from wizterm.connectors.zoho.items import amount
from wizterm.connectors.zoho.price_books import price_books
from wizterm.connectors.zoho.setting import Setting
from wizterm.connectors.zoho.walk import Walk

LISTS = ("id", "name", "currency", "falls_back_to_base")
PRICES = ("price_list", "sku", "min_quantity", "price")


def pull_prices(calls: Calls, setting: Setting, ground: Ground, cursor: str) -> Page:
    """The first page brings the lists themselves."""
    walk = Walk.read(cursor)
    books, _ = price_books(calls, ground)
    found, more = calls.page("items", walk.page, {}) if books else ([], False)
    tables = []
    if walk.page == 1:
        lists: list[tuple[str, ...]] = [(setting.price_list, "Standard prices", ground.currency, "yes")]
        lists += [(book.id, book.name, book.currency, "no" if book.is_foreign else "yes") for book in books]
        tables.append(Rows("price_lists", LISTS, lists))
    rows: list[tuple[str, ...]] = [
        (book.id, str(row["sku"]), amount(least), amount(price))
        for row in found
        if row.get("sku")
        for book in books
        for least, price in book.steps(row)
    ]
    if rows:
        tables.append(Rows("prices", PRICES, rows))
    return Page(tuple(tables), walk.then(more=more), more=more)
