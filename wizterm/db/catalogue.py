"""Reading the catalogue part of the replica: products, prices and stock as of the last sync."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from wizterm.db.replica_reader import ReplicaReader, amount, day
from wizterm.domain.clock import moment
from wizterm.domain.limits import ProductLimits
from wizterm.domain.prices import PriceEntry, PriceList, PriceSheet
from wizterm.domain.product import Product, Stock
from wizterm.domain.quantity import QuantityRule, Unit

_PRODUCT = (
    "row, sku, name, description, category, brand, gtin, unit, case_quantity, moq, ioq, order_limit, discontinued, "
    "no_discount, max_discount, floor_price, base_currency, family, counts_together, tax_code, "
    "colour, size, listed_on"
)


class Catalogue:
    def __init__(self, reader: ReplicaReader) -> None:
        self._reader = reader

    def products(self, rows: Sequence[int]) -> list[Product]:
        """The products in these rows, in this order."""
        found = {row[0]: _product(row) for row in self._products_in(rows)}
        return [found[row] for row in rows if row in found]

    def product(self, sku: str) -> Product | None:
        rows = self._reader.rows(f"SELECT {_PRODUCT} FROM products WHERE sku = ?", (sku,))
        return replace(_product(rows[0]), units=self._units(sku)) if rows else None

    def by_code(self, code: str) -> list[Product]:
        """Products whose SKU or barcode is exactly this."""
        rows = self._reader.rows(
            f"SELECT {_PRODUCT} FROM products WHERE sku = ? OR gtin = ? ORDER BY row", (code, code)
        )
        return [_product(row) for row in rows]

    def price_sheets(self, skus: Sequence[str], price_list: PriceList, customer: str) -> dict[str, PriceSheet]:
        """What can set the price of each product; one without any way to a price has an empty sheet."""
        listed = self._entries(
            "SELECT sku, id, price, min_quantity, valid_from, valid_to FROM prices "
            "WHERE price_list = ? AND sku IN ({})",
            (price_list.id,),
            skus,
        )
        contracts = self._entries(
            "SELECT sku, id, price, min_quantity, valid_from, valid_to FROM contracts "
            "WHERE customer = ? AND currency = ? AND sku IN ({})",
            (customer, price_list.currency),
            skus,
        )
        bases = self._bases(skus, price_list)
        return {
            sku: PriceSheet(tuple(contracts[sku]), tuple(listed[sku]), bases.get(sku), price_list.id) for sku in skus
        }

    def stock(self, skus: Sequence[str]) -> dict[str, Stock]:
        rows = self._reader.many("SELECT sku, quantity, counted_at FROM stock WHERE sku IN ({})", (), skus)
        return {sku: Stock(Decimal(quantity), moment(at)) for sku, quantity, at in rows}

    def price_lists(self) -> list[PriceList]:
        rows = self._reader.rows(
            "SELECT id, name, currency, falls_back, is_default, order_minimum FROM price_lists "
            "ORDER BY is_default DESC, id"
        )
        return [
            PriceList(key, name, currency, bool(falls_back), bool(default), amount(minimum))
            for key, name, currency, falls_back, default, minimum in rows
        ]

    def cursor(self) -> str:
        """Where the last pull ended: recorded with every order as what its prices were read from."""
        rows = self._reader.rows("SELECT value FROM replica WHERE name = 'cursor'")
        return str(rows[0][0]) if rows else ""

    def _units(self, sku: str) -> tuple[Unit, ...]:
        rows = self._reader.rows("SELECT code, factor FROM units WHERE sku = ? ORDER BY row", (sku,))
        return tuple(Unit(code, Decimal(factor)) for code, factor in rows)

    def _products_in(self, rows: Sequence[int]) -> list[tuple[Any, ...]]:
        marks = ", ".join("?" * len(rows))
        return self._reader.rows(f"SELECT {_PRODUCT} FROM products WHERE row IN ({marks})", tuple(rows))

    def _bases(self, skus: Sequence[str], price_list: PriceList) -> dict[str, Decimal]:
        if not price_list.falls_back:
            return {}
        rows = self._reader.many(
            "SELECT sku, base_price FROM products WHERE base_price <> '' AND base_currency = ? AND sku IN ({})",
            (price_list.currency,),
            skus,
        )
        return {sku: Decimal(price) for sku, price in rows}

    def _entries(
        self, query: str, values: tuple[object, ...], skus: Sequence[str]
    ) -> defaultdict[str, list[PriceEntry]]:
        found: defaultdict[str, list[PriceEntry]] = defaultdict(list)
        for sku, key, price, minimum, valid_from, valid_to in self._reader.many(query, values, skus):
            entry = PriceEntry(key, Decimal(price), amount(minimum) or Decimal(1), day(valid_from), day(valid_to))
            found[sku].append(entry)
        return found


def _product(row: tuple[Any, ...]) -> Product:
    _, sku, name, description, category, brand, gtin, unit, case, moq, ioq, limit, discontinued, *terms = row
    no_discount, most, floor, currency, family, together, tax_code, colour, size, listed_on = terms
    case_quantity = amount(case)
    return Product(
        sku=sku,
        name=name,
        description=description,
        category=category,
        brand=brand,
        gtin=gtin,
        rule=QuantityRule(amount(moq), amount(ioq) or Decimal(1), amount(limit)),
        unit=Unit(unit or "each"),
        case=Unit("case", case_quantity) if case_quantity else None,
        discontinued=bool(discontinued),
        discountable=not no_discount,
        limits=ProductLimits(amount(most), amount(floor), currency),
        family=family,
        counts_together=bool(together),
        tax_code=tax_code,
        colour=colour,
        size=size,
        listed_on=day(listed_on),
    )
