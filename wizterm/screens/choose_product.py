"""Choosing the product that an unknown code belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.customer import Customer
from wizterm.screens.page import Sheet
from wizterm.services.catalogue import OfferPage
from wizterm.widgets.list_keys import ListKeys
from wizterm.widgets.rows import Column, Row, Rows
from wizterm.widgets.search_field import SearchField


class ChooseProduct(Sheet[str], ListKeys):
    """Gives the SKU of the chosen product, or None after Esc."""

    DEFAULT_CSS = """
    ChooseProduct {
        & > #sheet { height: 80%; }
        & Rows { height: 1fr; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("products"))

    @dataclass
    class Found(Message):
        words: str
        page: OfferPage

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

    def on_mount(self) -> None:
        self.query_one(Rows).can_focus = False
        self.query_one(SearchField).focus()
        self._find("")

    @on(Input.Changed)
    def find_as_typed(self, message: Input.Changed) -> None:
        message.stop()
        self._find(message.value)

    @on(Found)
    def show_found(self, message: Found) -> None:
        message.stop()
        if message.words == self.query_one(SearchField).value:
            rows = [Row(offer.product.sku, (offer.product.sku, offer.product.name)) for offer in message.page.offers]
            self.query_one(Rows).replace(rows, more=False, keep_cursor=False)

    @on(Rows.Chosen)
    def choose_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_choose()

    def action_choose(self) -> None:
        if row := self.query_one(Rows).current:
            self.dismiss(row.key)

    def _find(self, words: str) -> None:
        customer = self._customer
        self.look("products", lambda bench: bench.search.page(words, customer), lambda page: self.Found(words, page))
