"""Choosing the product that an unknown code belongs to."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.customer import Customer
from wizterm.domain.product import Product
from wizterm.screens.choosing import ChoosingSheet
from wizterm.widgets.rows import Column, Row, Rows
from wizterm.widgets.search_field import SearchField


class ChooseProduct(ChoosingSheet):
    """Gives the SKU of the chosen product, or None after Esc."""

    DEFAULT_CSS = """
    ChooseProduct {
        & > #sheet { height: 80%; }
        & Rows { height: 1fr; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("products"))

    def __init__(self, code: str, customer: Customer | None) -> None:
        super().__init__()
        self._code = code
        self._customer = customer

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = Content(f"Which product is {self._code[:40]}?")
            sheet.border_subtitle = "Enter takes it, and tells the office · Esc back"
            yield SearchField("Search by name, SKU or barcode", longest=100)
            yield Rows(
                Column("SKU", 14),
                Column("Name", 24, grow=True, both_ends=True),
                empty="Nothing found. Try fewer letters.",
            )

    def find(self, words: str) -> None:
        customer = self._customer
        self.look(
            "products",
            lambda bench: bench.search.page(words, customer),
            lambda page: self.Found(words, [_row(offer.product) for offer in page.offers]),
        )


def _row(product: Product) -> Row:
    return Row(product.sku, (product.sku, product.name))
