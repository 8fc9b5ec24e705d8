"""Choosing the product that an unknown code belongs to."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.customer import Customer
from wizterm.domain.product import Product
from wizterm.screens.choosing import ChoosingSheet
from wizterm.widgets.rows import Column, Row


class ChooseProduct(ChoosingSheet):
    """Gives the SKU of the chosen product, or None after Esc."""

    HINT = "Search by name, SKU or barcode"
    KEYS = "Enter takes it, and tells the office · Esc back"
    COLUMNS = (Column("SKU", 14), Column("Name", 24, grow=True, both_ends=True))
    EMPTY = "Nothing found. Try fewer letters."

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("products"))

    def __init__(self, code: str, customer: Customer | None) -> None:
        super().__init__()
        self._code = code
        self._customer = customer

    @property
    def question(self) -> str:
        return f"Which product is {self._code[:40]}?"

    def find(self, words: str) -> None:
        customer = self._customer
        self.look(
            "products",
            lambda bench: bench.search.page(words, customer),
            lambda page: self.Found(words, [_row(offer.product) for offer in page.offers]),
        )


def _row(product: Product) -> Row:
    return Row(product.sku, (product.sku, product.name))
