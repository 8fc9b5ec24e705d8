"""The server's own prices, read for many lines at once: what a document's prices are compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wizterm.domain.limits import ProductLimits
from wizterm.domain.prices import PriceEntry, PriceSheet
from wizterm.protocol.agreed import ProductFacts
from wizterm.server.optionbook import OptionBook, option_book
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.upserting import CHUNK, chunks


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Prices of some products, for some customers and lists."""

    _listed: dict[tuple[str, str], tuple[PriceEntry, ...]]
    _contracts: dict[tuple[str, str, str], tuple[PriceEntry, ...]]
    _bases: dict[str, tuple[str, str]]
    _falling_back: frozenset[tuple[str, str]]
    """Lists that fall back to base prices, with their currency."""
    options: OptionBook
    """What can be chosen with the products."""
    _facts: dict[str, ProductFacts]

    def knows(self, sku: str) -> bool:
        return sku in self._bases

    def facts(self, sku: str) -> ProductFacts:
        return self._facts.get(sku, ProductFacts())

    def sheet(self, customer: str, price_list: str, currency: str, sku: str) -> PriceSheet | None:
        """All that can set this product's price; None where the product is unknown."""
        if sku not in self._bases:
            return None
        base, base_currency = self._bases[sku]
        falls_back = base and base_currency == currency and (price_list, currency) in self._falling_back
        return PriceSheet(
            contract=self._contracts.get((customer, sku, currency), ()),
            listed=self._listed.get((price_list, sku), ()),
            base=Decimal(base) if falls_back else None,
            price_list=price_list,
        )


def price_book(lists: Collection[str], customers: Collection[str], skus: Collection[str]) -> PriceBook:
    listed: dict[tuple[str, str], list[PriceEntry]] = defaultdict(list)
    contracts: dict[tuple[str, str, str], list[PriceEntry]] = defaultdict(list)
    bases: dict[str, tuple[str, str]] = {}
    facts: dict[str, ProductFacts] = {}
    for some in chunks(sorted(skus), CHUNK):
        for price_list, sku, *entry in _read(
            "prices", "price_list sku id price min_quantity valid_from valid_to", some, lists
        ):
            listed[price_list, sku].append(_entry(*entry))
        named = "customer sku currency id price min_quantity valid_from valid_to"
        for customer, sku, currency, *entry in _read("contracts", named, some, customers):
            contracts[customer, sku, currency].append(_entry(*entry))
        named = "sku base_price base_currency no_discount max_discount floor_price family counts_together tax_code"
        for sku, base, currency, no_discount, most, floor, family, together, tax_code in _read(
            "products", named, some, ()
        ):
            bases[sku] = (base, currency)
            limits = ProductLimits(_amount(most), _amount(floor), currency)
            facts[sku] = ProductFacts(not no_discount, limits, family, bool(together), tax_code)
    return PriceBook(
        {key: tuple(entries) for key, entries in listed.items()},
        {key: tuple(entries) for key, entries in contracts.items()},
        bases,
        _falling_back(),
        option_book(skus),
        facts,
    )


def _read(table: str, names: str, skus: list[str], owners: Collection[str]) -> list[tuple[Any, ...]]:
    """Columns of the live rows of these products, of these owners (lists or customers) where any are named first."""
    wanted = [column(table, name) for name in names.split()]
    live = ~column(table, "deleted") & column(table, "sku").in_(skus)
    if table != "products":
        live &= wanted[0].in_(list(owners))
    return rows(MIRROR[table].select(*wanted).where(live))


def _falling_back() -> frozenset[tuple[str, str]]:
    lists = MIRROR["price_lists"]
    live = ~lists.deleted & (column("price_lists", "falls_back") == 1)
    return frozenset(
        (row[0], row[1])
        for row in rows(lists.select(column("price_lists", "id"), column("price_lists", "currency")).where(live))
    )


def _entry(id_: str, price: str, min_quantity: str, valid_from: str, valid_to: str) -> PriceEntry:
    return PriceEntry(id_, Decimal(price), Decimal(min_quantity), _day(valid_from), _day(valid_to))


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
