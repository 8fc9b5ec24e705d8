"""Finding by code: what in the replica bears exactly this SKU, GTIN or number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wizterm.db.catalogue import Catalogue
from wizterm.db.customers import Customers
from wizterm.db.replica_reader import ReplicaReader
from wizterm.domain.customer import Customer
from wizterm.domain.product import Product
from wizterm.domain.quantity import Unit


@dataclass(frozen=True, slots=True)
class Article:
    """A product in one of its units."""

    product: Product
    unit: Unit


class Codes:
    def __init__(self, reader: ReplicaReader, catalogue: Catalogue, customers: Customers) -> None:
        self._reader = reader
        self._catalogue = catalogue
        self._customers = customers

    def by_text(self, text: str) -> list[Article]:
        """The product with this SKU, as it is; else with other capitals, as Caps Lock makes them."""
        for forms in ((text,), (text.upper(), text.lower(), text.swapcase())):
            if found := self._by("SELECT sku FROM products WHERE sku IN ({})", forms):
                return [Article(product, product.unit) for product in found]
        return []

    def borne(self, texts: Sequence[str]) -> set[str]:
        """Which of many texts a product, a unit or a customer bears, in any capitals; case-folded."""
        forms = list(dict.fromkeys(form for text in texts for form in (text, text.upper(), text.lower())))
        queries = (
            "SELECT sku FROM products WHERE sku IN ({})",
            "SELECT gtin FROM products WHERE gtin <> '' AND gtin IN ({})",
            "SELECT gtin FROM units WHERE gtin <> '' AND gtin IN ({})",
            "SELECT code FROM codes WHERE code IN ({})",
            "SELECT number FROM customers WHERE number <> '' AND number IN ({})",
        )
        return {str(found).casefold() for query in queries for (found,) in self._reader.many(query, (), forms)}

    def by_gtin(self, gtin14: str) -> list[Article]:
        """Products and their units with this GTIN, in whatever length the catalogue has it."""
        return self.by_printed([gtin14[14 - length :] for length in (14, 13, 12, 8) if _fits(gtin14, length)])

    def unit(self, sku: str, code: str) -> Article | None:
        """The product in the unit of this name; in its own where it is sold in no such any more."""
        product = self._catalogue.product(sku)
        return None if product is None else Article(product, product.unit_named(code) or product.unit)

    def customers(self, number: str) -> list[Customer]:
        """Customers with this number."""
        rows = self._reader.rows("SELECT id FROM customers WHERE number = ? AND number <> '' ORDER BY row", (number,))
        return [customer for (key,) in rows if (customer := self._customers.get(key)) is not None]

    def by_printed(self, forms: Sequence[str]) -> list[Article]:
        """Products and their units whose label says one of these, right GTIN or not."""
        query = "SELECT sku FROM products WHERE gtin <> '' AND gtin IN ({})"
        found = [Article(product, product.unit) for product in self._by(query, forms)]
        rows = self._reader.many(
            "SELECT sku, code, factor FROM units WHERE gtin <> '' AND gtin IN ({}) ORDER BY row", (), forms
        )
        for sku, code, factor in rows:
            product = self._catalogue.product(sku)
            if product is not None:
                found.append(Article(product, Unit(code, Decimal(factor))))
        return [*found, *self._accepted(forms)]

    def _accepted(self, forms: Sequence[str]) -> Iterator[Article]:
        """What the office has accepted of what reps found."""
        for sku, unit in self._reader.many("SELECT sku, unit FROM codes WHERE code IN ({}) ORDER BY row", (), forms):
            if (article := self.unit(sku, unit)) is not None:
                yield article

    def _by(self, query: str, values: Sequence[str]) -> list[Product]:
        skus = [sku for (sku,) in self._reader.many(f"{query} ORDER BY row", (), values)]
        return [product for sku in skus if (product := self._catalogue.product(sku)) is not None]


def _fits(gtin14: str, length: int) -> bool:
    return not gtin14[: 14 - length].strip("0")
