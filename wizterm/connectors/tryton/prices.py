"""Tryton's price lists. Their formulas stay there: what is read is what they come to, for each product and break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from wizterm.connectors.pulling import Page, Rows
from wizterm.connectors.tryton.calls import Calls, Row
from wizterm.connectors.tryton.items import amount, company_currency
from wizterm.connectors.tryton.parties import LIST_PREFIX
from wizterm.connectors.tryton.setting import Setting
from wizterm.connectors.tryton.walk import PAGE, Walk

LISTS = ("id", "name", "currency", "falls_back_to_base")
PRICES = ("price_list", "sku", "min_quantity", "price")


def pull_prices(calls: Calls, setting: Setting, cursor: str) -> Page:
    """One list after the other; the first page of all brings the lists themselves."""
    walk = Walk.read(cursor)
    lists = _lists(calls)
    if not walk.part:
        currency = company_currency(calls)
        rows: list[tuple[str, ...]] = [(setting.price_list, "Standard prices", currency, "yes")]
        rows += [(f"{LIST_PREFIX}{each['id']}", each["name"], currency, "no") for each in lists]
        return _page((Rows("price_lists", LISTS, rows),), walk, lists)
    here = [each for each in lists if each["id"] == walk.part]
    if not here:
        return _page((), walk, lists)
    found, rows = _prices(calls, here[0], walk.after)
    tables = (Rows("prices", PRICES, rows),)
    if len(found) == PAGE:
        return Page(tables, Walk(part=walk.part, after=found[-1]["id"]).text(), more=True)
    return _page(tables, walk, lists)


def _page(tables: tuple[Rows, ...], walk: Walk, lists: Sequence[Row]) -> Page:
    """The end of one list: what follows is the next."""
    part = min((each["id"] for each in lists if each["id"] > walk.part), default=0)
    return Page(tables, Walk(part=part).text(), more=bool(part))


def _lists(calls: Calls) -> list[Row]:
    if "sale_price_list" not in calls.fields("party.party"):
        return []
    return calls.search("product.price_list", [["company", "=", calls.company]], ["name"], order=[("id", "ASC")])


def _prices(calls: Calls, list_: Row, after: int) -> tuple[list[Row], list[tuple[str, ...]]]:
    lines = calls.search("product.price_list.line", [["price_list", "=", list_["id"]]], ["quantity"])
    breaks = sorted({Decimal(1), *(Decimal(str(line["quantity"])) for line in lines if line["quantity"])})
    read = [_at(calls, list_["id"], quantity, after) for quantity in breaks]
    steps = {row["code"]: [by_id.get(row["id"]) for by_id in read] for row in read[0].values() if row["code"]}
    rows: list[tuple[str, ...]] = [
        (f"{LIST_PREFIX}{list_['id']}", code, amount(quantity), price)
        for code, prices in steps.items()
        for quantity, price in _changes(breaks, prices)
    ]
    return list(read[0].values()), rows


def _at(calls: Calls, list_: int, quantity: Decimal, after: int) -> dict[int, Row]:
    wanted = [["salable", "=", True], ["id", ">", after]]
    found = calls.search(
        "product.product",
        wanted,
        ["code", "sale_price_uom"],
        most=PAGE,
        order=[("id", "ASC")],
        price_list=list_,
        quantity=float(quantity),
    )
    return {row["id"]: row for row in found}


def _changes(breaks: Sequence[Decimal], found: Sequence[Row | None]) -> Iterator[tuple[Decimal, str]]:
    """Only where the price differs from the break before."""
    last = ""
    for quantity, row in zip(breaks, found, strict=True):
        price = amount(row["sale_price_uom"]) if row else ""
        if price and price != last:
            last = price
            yield quantity, price
