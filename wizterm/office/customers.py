"""Whom the company sells to: searched as one types, each with its price list and its reps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from wizterm.bindings import bind
from wizterm.office import commands
from wizterm.office.below_more import BelowMore
from wizterm.office.customer import CustomerPage
from wizterm.office.searching import SearchPage
from wizterm.server.customer_book import CustomerLine
from wizterm.server.office import Office
from wizterm.widgets.rows import Column, Row


class CustomersPage(SearchPage[CustomerLine], BelowMore):
    COMMAND = commands.CUSTOMERS
    COLUMNS = (
        Column("Number", 10),
        Column("Name", 20, grow=True),
        Column("Price list", 10),
        Column("Reps", 12, grow=True),
    )
    EMPTY = "There is no customer yet: `wizterm admin import customers.csv` brings them."
    HINT = "Any part of name or number"
    NO_MATCH = "No customer matches. Esc empties the search."
    HELP = """
Whom the company sells to, by name; the first 200 that match. Type any part of a name or number.

Enter opens a customer: whose they are, their terms, contacts and addresses, and there `a` gives them to a rep and `t`
takes them away.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.OPEN, commands.LEAVE)

    def looking(self) -> Callable[[Office], Sequence[CustomerLine]]:
        words = self.words()
        return lambda office: office.customers.find(words)

    def row_of(self, item: CustomerLine) -> Row:
        reps = ", ".join(item.reps) or "nobody's"
        return Row(item.id, (item.number or "(new)", item.name, item.price_list, reps), style="")

    def action_open(self) -> None:
        if (line := self.current) is not None:
            self.app.push_screen(CustomerPage(line), lambda _: self.look_again())

    def action_back(self) -> None:
        """Empty the search first, where something stands in it."""
        if not self.empty_search():
            super().action_back()
