"""What a product can be filtered by, as words of the text index: a filter costs no more than one more word to find.

A facet is a name and a value. Its word can be read back, so that counting words counts facets. Every facet word
begins with a letter that no language writes, so that none is the beginning of anything a person types.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import msgspec

from wizterm.protocol.decoding import decoded

CATEGORY: Final = "category"
COLLECTION: Final = "collection"
BRAND: Final = "brand"
STOCK: Final = "stock"
IN_STOCK: Final = "in stock"
LISTED: Final = "listed"
"""By month, such as 2026-11: what is new is a question of today."""
PRICE: Final = "price in "
"""Followed by the id of a price list."""
ATTRIBUTE: Final = "attribute "
"""Followed by the attribute's name."""

BETWEEN: Final = " / "
"""Between the levels of a category's path."""
PRICE_STEPS: Final = (1, 2, 5, 10, 20, 50, 100)
"""Where price ranges end, in whole units of the list's currency; above the last there is one range more."""
_MARK: Final = "ǁ"
_SEPARATOR: Final = "\x1f"


def word(name: str, value: str) -> str:
    """A facet as one word of the text index, whatever characters it has."""
    return _MARK + f"{name}{_SEPARATOR}{value}".encode().hex()


def facet(indexed: str) -> tuple[str, str]:
    """The name and value that a word stands for."""
    name, _, value = bytes.fromhex(indexed.removeprefix(_MARK)).decode().partition(_SEPARATOR)
    return name, value


def levels(path: str) -> Iterator[str]:
    """A category's path and all those above it, the topmost first."""
    parts = path.split(BETWEEN)
    for depth in range(1, len(parts) + 1):
        if path:
            yield BETWEEN.join(parts[:depth])


def price_range(price: Decimal) -> str:
    """The range that a price lies in: '2-5', or '100-' for the dearest."""
    lower = 0
    for upper in PRICE_STEPS:
        if price < upper:
            return f"{lower}-{upper}"
        lower = upper
    return f"{lower}-"


def teach(connection: sqlite3.Connection) -> None:
    """Let this connection evaluate `FACETS_OF_PRODUCT`."""
    connection.create_function("facet_words", 1, _words, deterministic=True)


FACETS_OF_PRODUCT: Final = """
    SELECT facet_words(json_array(
        products.category, products.brand, products.listed_on, products.base_price, products.base_currency,
        EXISTS (SELECT 1 FROM stock WHERE stock.sku = products.sku AND CAST(stock.quantity AS REAL) > 0),
        json((SELECT json_group_array(json_array(name, value)) FROM attributes WHERE attributes.sku = products.sku)),
        json((SELECT json_group_array(name) FROM collections WHERE collections.sku = products.sku)),
        json((SELECT json_group_array(json_array(price_list, min_quantity, price)) FROM prices
            WHERE prices.sku = products.sku)),
        json((SELECT json_group_array(json_array(id, currency)) FROM price_lists WHERE falls_back))))
"""
"""A product's facets, as words for the text index."""


class _Described(msgspec.Struct, array_like=True):
    category: str
    brand: str
    listed_on: str
    base_price: str
    base_currency: str
    in_stock: int
    attributes: list[tuple[str, str]]
    collections: list[str]
    prices: list[tuple[str, str, str]]
    """List, smallest quantity, price."""
    falling_back: list[tuple[str, str]]
    """Lists that show base prices, with their currency."""

    def facets(self) -> Iterator[tuple[str, str]]:
        for path in levels(self.category):
            yield CATEGORY, path
        for name, value in self.attributes:
            yield ATTRIBUTE + name, value
        for collection in self.collections:
            yield COLLECTION, collection
        if self.brand:
            yield BRAND, self.brand
        if self.in_stock:
            yield STOCK, IN_STOCK
        if self.listed_on:
            yield LISTED, self.listed_on[:7]
        for price_list, price in self._asked().items():
            yield PRICE + price_list, price_range(Decimal(price))

    def _asked(self) -> dict[str, str]:
        """The price of the smallest quantity, by list."""
        bases = {id_: self.base_price for id_, currency in self.falling_back if currency == self.base_currency}
        ordered = sorted(self.prices, key=lambda entry: Decimal(entry[1]), reverse=True)
        return (bases if self.base_price else {}) | {price_list: price for price_list, _, price in ordered}


def _words(described: str) -> str:
    facets = decoded(described, _Described).facets()
    return " ".join(sorted({word(name, value) for name, value in facets}))
