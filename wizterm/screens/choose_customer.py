"""Choosing whom an order is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.customer import Customer, NewCustomer
from wizterm.domain.prices import PriceList
from wizterm.domain.scanned import Meaning, ScannedCustomer
from wizterm.screens.choosing import ChoosingSheet
from wizterm.screens.customer import CustomerPage
from wizterm.screens.new_customer import NewCustomerSheet
from wizterm.screens.quick_customer import QuickCustomerSheet
from wizterm.terminal.gate import Scanned
from wizterm.widgets.rows import Column, Row, Rows
from wizterm.widgets.search_field import SearchField


class ChooseCustomer(ChoosingSheet):
    """Gives the id of the chosen customer, or None after Esc."""

    DEFAULT_CSS = """
    ChooseCustomer > #sheet { width: 100; }
    """

    HINT = "Beginning of a name or number"
    KEYS = "Enter chooses · → page · F2 new · F4 quick add · Esc back"
    COLUMNS = (Column("Number", 10), Column("Name", 24, grow=True), Column("Town", 18), Column("List", 12))
    EMPTY = "Nobody found. F2 enters a new customer."
    question = "Choose the customer"

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(*(command for command in commands.of("customers") if command is not commands.CUSTOMER_PAGE)),
        *bind(commands.CUSTOMER_PAGE, priority=True),
    ]
    """The page's key before the field has it, which needs it only while there is text to the right."""

    @dataclass
    class Made(Message):
        customer: Customer

    @dataclass
    class Meant(Message):
        meaning: Meaning

    def take_scan(self, scan: Scanned) -> None:
        """A customer's card chooses the customer."""
        self.ask(lambda bench: bench.scanning.meaning(scan.text), self.Meant)

    @on(Meant)
    def choose_scanned(self, message: Meant) -> None:
        message.stop()
        if isinstance(message.meaning, ScannedCustomer):
            self.dismiss(message.meaning.customer.id)
        else:
            self.app.bell()
            self.say("That is no customer's card: scan one, or type a name.", "warning")

    def action_new(self) -> None:
        self.app.push_screen(NewCustomerSheet(self.query_one(SearchField).value), self._make)

    def action_quick(self) -> None:
        self.app.push_screen(QuickCustomerSheet(self.query_one(SearchField).value), self._make)

    def action_page(self) -> None:
        """All there is to know of the customer under the cursor."""
        row = self.query_one(Rows).current
        if row is not None:
            self.app.push_screen(CustomerPage(row.key))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Within the words that are typed, right moves to the right."""
        if action == "page":
            field = self.query_one(SearchField)
            return self.app.screen is self and field.cursor_position >= len(field.value)
        return super().check_action(action, parameters)

    @on(Made)
    def choose_made(self, message: Made) -> None:
        message.stop()
        self.dismiss(message.customer.id)

    def _make(self, new: NewCustomer | None) -> None:
        if new is not None:
            self.ask(lambda bench: bench.submission.new_customer(new), self.Made)

    def find(self, words: str) -> None:
        self.look(
            "customers",
            lambda bench: (bench.customers.find(words), bench.search.price_lists()),
            lambda found: self.Found(words, _rows(*found)),
        )


def _rows(customers: Iterable[Customer], price_lists: Iterable[PriceList]) -> list[Row]:
    names = {each.id: each.name for each in price_lists}
    return [
        Row(
            each.id,
            (each.number or "new", each.name, each.ship_to.city, names.get(each.price_list, each.price_list)),
        )
        for each in customers
    ]
