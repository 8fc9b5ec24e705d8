"""Whom the company sells to: searched as one types, each with its price list and its reps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from wizterm.bindings import bind
from wizterm.office import commands
from wizterm.office.below_more import BelowMore
from wizterm.office.customer import CustomerPage
from wizterm.office.listing import ListPage
from wizterm.server.customer_book import CustomerLine
from wizterm.server.office import Office
from wizterm.widgets.list_keys import ListKeys
from wizterm.widgets.rows import Column, Row, Rows
from wizterm.widgets.search_field import SearchField


class CustomersPage(ListKeys, ListPage[CustomerLine], BelowMore):
    COMMAND = commands.CUSTOMERS
    COLUMNS = (
        Column("Number", 10),
        Column("Name", 20, grow=True),
        Column("Price list", 10),
        Column("Reps", 12, grow=True),
    )
    EMPTY = "There is no customer yet: `wizterm admin import customers` brings them."
    NO_MATCH = "No customer matches. Esc empties the search."
    HELP = """
Whom the company sells to, by name; the first 200 that match. Type any part of a name or number.

Enter opens a customer: whose they are, their terms, contacts and addresses, and there `a` gives them to a rep and `t`
takes them away.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.OPEN, commands.LEAVE)

    def above(self) -> ComposeResult:
        yield SearchField("Any part of name or number", longest=100)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(SearchField))

    def looking(self) -> Callable[[Office], Sequence[CustomerLine]]:
        words = self.query_one(SearchField).value.strip()
        self.query_one(Rows).say_when_empty(self.NO_MATCH if words else self.EMPTY)
        return lambda office: office.customers.find(words)

    def row_of(self, item: CustomerLine) -> Row:
        reps = ", ".join(item.reps) or "nobody's"
        return Row(item.id, (item.number or "(new)", item.name, item.price_list, reps), style="")

    @on(Input.Changed)
    def find_as_typed(self, message: Input.Changed) -> None:
        message.stop()
        self.look_again()

    @on(Rows.Chosen)
    def open_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_open()

    def action_open(self) -> None:
        if (line := self.current) is not None:
            self.app.push_screen(CustomerPage(line), lambda _: self.look_again())

    def action_back(self) -> None:
        """Empty the search first, where something stands in it."""
        field = self.query_one(SearchField)
        if field.value:
            field.value = ""
        else:
            super().action_back()
