"""One customer whole, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message

from wizterm.bindings import bind
from wizterm.domain.quantity import counted
from wizterm.domain.text import plain
from wizterm.office import commands
from wizterm.office.below_more import BelowMore
from wizterm.office.reading import ReadingPage
from wizterm.office.words import hung
from wizterm.screens.prompt import Prompt
from wizterm.server.customer_book import CustomerLine
from wizterm.server.customer_book import CustomerPage as Page
from wizterm.server.deciding import Role
from wizterm.server.office import Office


class CustomerPage(ReadingPage, BelowMore):
    COMMAND = commands.CUSTOMERS
    TAKES = Role.CLERK
    HELP = """
All that is known of one customer. `a` gives them to a rep too, whose devices fetch them at their next look; `t` takes
them from a rep. Documents that were taken stay.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.ASSIGN, commands.TAKE_AWAY, commands.LEAVE)

    @dataclass
    class Read(Message):
        page: Page

    def __init__(self, line: CustomerLine) -> None:
        super().__init__()
        self._line = line

    def look_again(self) -> None:
        wanted = self._line.id
        self.look("customer", lambda office: office.customers.page(wanted), self.Read)

    def obey_role(self) -> None:
        self.query_one(VerticalScroll).border_subtitle = self.why_not

    @on(Read)
    def show(self, message: Read) -> None:
        message.stop()
        self._line = message.page.line
        page = message.page
        self.tell(Content(plain(self._line.name)), lambda width: Content("\n").join(_told(page, width)))

    def action_assign(self) -> None:
        hint = "Code of the rep, such as KIM. Whoever has the customer keeps them."
        ask = Prompt(f"{self._line.name}: give to which rep?", hint=hint, longest=24, enter="assigns")
        self.app.push_screen(ask, lambda rep: self._turn(rep, theirs=True))

    def action_take_away(self) -> None:
        """The only rep of a customer is proposed."""
        reps = self._line.reps
        if not reps:
            self.say(f"{self._line.name} is with nobody: there is no rep to take them from.")
            return
        hint = f"Now with {', '.join(reps)}. Documents that were taken stay."
        title, mine = f"{self._line.name}: take from which rep?", reps[0] if len(reps) == 1 else ""
        ask = Prompt(title, hint=hint, value=mine, longest=24, enter="takes away")
        self.app.push_screen(ask, lambda rep: self._turn(rep, theirs=False))

    def _turn(self, rep: str | None, *, theirs: bool) -> None:
        if rep is None:
            return
        customer = self._line.id

        def turn(office: Office) -> CustomerLine:
            book = office.customers
            return book.assign(customer, rep) if theirs else book.unassign(customer, rep)

        self.ask(turn, lambda line: self.Done(f"{line.name} is with {_whose(line)} now. Devices hear of it."))

    def action_back(self) -> None:
        self.dismiss()


def _whose(line: CustomerLine) -> str:
    return ", ".join(line.reps) or "nobody"


def _told(page: Page, width: int) -> Iterator[Content]:
    line = page.line
    yield Content.styled(f"With {plain(_whose(line))}", "bold")
    for title, words in (
        ("Number", line.number or "none yet: the ERP has not given one"),
        ("Price list", line.price_list),
        ("Terms", page.payment_terms),
        ("Credit limit", page.credit_limit),
        ("Balance", page.balance),
        *(("Contact", each) for each in page.contacts),
        *(("Address", each) for each in page.addresses),
    ):
        if words:
            yield Content(hung(f"  {title:<13} ", plain(words), width))
    yield Content(f"  {counted(page.contracts, 'price')} of their own, {counted(page.documents, 'document')}")
    yield Content.styled(f"id {plain(line.id)}", "$foreground 50%")
