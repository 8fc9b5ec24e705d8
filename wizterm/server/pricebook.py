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
from wizterm.domain.quantity import ONE, QuantityRule
from wizterm.protocol.agreed import ProductFacts
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.prepared import prepared
from wizterm.server.store.together import Asking
from wizterm.server.store.upserting import CHUNK, chunks


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Prices of some products, for some customers and lists."""

    _listed: dict[tuple[str, str], tuple[PriceEntry, ...]]
    _contracts: dict[tuple[str, str, str], tuple[PriceEntry, ...]]
    _bases: dict[str, tuple[str, str]]
    _falling_back: frozenset[tuple[str, str]]
    """Lists that fall back to base prices, with their currency."""
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


def price_book(lists: Collection[str], customers: Collection[str], skus: Collection[str]) -> Asking[PriceBook]:
    listed: dict[tuple[str, str], list[PriceEntry]] = defaultdict(list)
    contracts: dict[tuple[str, str, str], list[PriceEntry]] = defaultdict(list)
    bases: dict[str, tuple[str, str]] = {}
    facts: dict[str, ProductFacts] = {}
    falling_back: frozenset[tuple[str, str]] = frozenset()
    for some in chunks(sorted(skus), CHUNK):
        asked = (_listed.of(some, [*lists]), _agreed.of(some, [*customers]), _products.of(some), _falling_back.of())
        in_lists, by_contract, products, fallen = yield asked
        falling_back = frozenset((price_list, currency) for price_list, currency in fallen)
        for price_list, sku, *entry in in_lists:
            listed[price_list, sku].append(_entry(*entry))
        for customer, sku, currency, *entry in by_contract:
            contracts[customer, sku, currency].append(_entry(*entry))
        for sku, base, currency, no_discount, most, floor, family, together, tax_code, moq, ioq in products:
            bases[sku] = (base, currency)
            limits = ProductLimits(_amount(most), _amount(floor), currency)
            facts[sku] = ProductFacts(not no_discount, limits, family, bool(together), tax_code, _rule(moq, ioq))
    return PriceBook(
        {key: tuple(entries) for key, entries in listed.items()},
        {key: tuple(entries) for key, entries in contracts.items()},
        bases,
        falling_back,
        facts,
    )


@prepared
def _listed(skus: Any, lists: Any) -> Any:
    found = _live("prices", "price_list sku id price min_quantity valid_from valid_to")
    return found.where(column("prices", "sku").in_(skus) & column("prices", "price_list").in_(lists))


@prepared
def _agreed(skus: Any, customers: Any) -> Any:
    found = _live("contracts", "customer sku currency id price min_quantity valid_from valid_to")
    return found.where(column("contracts", "sku").in_(skus) & column("contracts", "customer").in_(customers))


@prepared
def _products(skus: Any) -> Any:
    names = "sku base_price base_currency no_discount max_discount floor_price family counts_together tax_code moq ioq"
    return _live("products", names).where(column("products", "sku").in_(skus))


@prepared
def _falling_back() -> Any:
    return _live("price_lists", "id currency").where(column("price_lists", "falls_back") == 1)


def _live(table: str, names: str) -> Any:
    """Columns of the rows that are not gone."""
    return MIRROR[table].select(*(column(table, name) for name in names.split())).where(~MIRROR[table].deleted)


def _entry(id_: str, price: str, min_quantity: str, valid_from: str, valid_to: str) -> PriceEntry:
    return PriceEntry(id_, Decimal(price), Decimal(min_quantity), _day(valid_from), _day(valid_to))


def _rule(moq: str, ioq: str) -> QuantityRule:
    return QuantityRule(_amount(moq), _amount(ioq) or ONE)


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
