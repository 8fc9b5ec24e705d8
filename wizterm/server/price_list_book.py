"""Price lists as the office looks at them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from peewee import fn

from wizterm.domain.nearest import did_you_mean
from wizterm.server.office_error import OfficeError
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.store import Store

MOST_PRICES = 200


class PriceListError(OfficeError):
    """There is no such price list; the message says where to look."""


@dataclass(frozen=True, slots=True)
class PriceListLine:
    id: str
    name: str
    currency: str
    default: bool
    """Whether it is the list of a cart without a customer."""
    falls_back: bool
    """Whether a product without a price in it goes at its base price."""
    order_minimum: str
    prices: int
    customers: int


@dataclass(frozen=True, slots=True)
class PriceLine:
    sku: str
    name: str
    least: Decimal
    """The quantity it begins at."""
    price: Decimal
    valid_from: str
    valid_to: str


@dataclass(frozen=True, slots=True)
class PriceListPage:
    line: PriceListLine
    prices: tuple[PriceLine, ...]
    """The first of them, by article."""


class PriceLists:
    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[PriceListLine, ...]:
        with self._store.reading():
            prices, customers = _counts("prices"), _counts("customers")
            return tuple(_line(row, prices, customers) for row in _lists())

    def page(self, wanted: str, most: int = MOST_PRICES) -> PriceListPage:
        with self._store.reading():
            check_lists([wanted])
            (row,) = [each for each in _lists() if each[0] == wanted]
            return PriceListPage(_line(row, _counts("prices"), _counts("customers")), _prices(wanted, most))


def check_lists(wanted: list[str]) -> None:
    """Raises `PriceListError` that names the first list nobody knows, and the one most like it."""
    known = [row[0] for row in _lists()]
    for each in wanted:
        if each not in known:
            hint = did_you_mean(each, known)
            raise PriceListError(f"There is no price list {each[:40]!r}: `admin price-lists list` shows them.{hint}")


def _lists() -> list[tuple[Any, ...]]:
    table = MIRROR["price_lists"]
    names = ("id", "name", "currency", "is_default", "falls_back", "order_minimum")
    query = table.select(*(column("price_lists", name) for name in names)).where(~table.deleted)
    return rows(query.order_by(column("price_lists", "id")))


def _counts(name: str) -> dict[str, int]:
    """How many rows of a table name each list, in one pass over it."""
    table, list_ = MIRROR[name], column(name, "price_list")
    return dict(rows(table.select(list_, fn.COUNT(1)).where(~table.deleted).group_by(list_)))


def _line(row: tuple[Any, ...], prices: dict[str, int], customers: dict[str, int]) -> PriceListLine:
    id_, name, currency, default, falls_back, minimum = row
    counts = prices.get(id_, 0), customers.get(id_, 0)
    return PriceListLine(id_, name, currency, bool(default), bool(falls_back), minimum, *counts)


def _prices(price_list: str, most: int) -> tuple[PriceLine, ...]:
    prices, products = MIRROR["prices"], MIRROR["products"]
    names = ("sku", "min_quantity", "price", "valid_from", "valid_to")
    query = (
        prices.select(column("products", "name"), *(column("prices", name) for name in names))
        .join(products, on=(column("products", "sku") == column("prices", "sku")))
        .where((column("prices", "price_list") == price_list) & ~prices.deleted & ~products.deleted)
        .order_by(column("prices", "sku"), column("prices", "id"))
        .limit(most)
    )
    lines = [
        PriceLine(sku, name, Decimal(least or 1), Decimal(price), begins, ends)
        for name, sku, least, price, begins, ends in rows(query)
    ]
    return tuple(sorted(lines, key=lambda line: (line.sku, line.least)))
