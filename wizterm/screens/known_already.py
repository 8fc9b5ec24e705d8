"""A form for a new customer that asks, before it is saved, whether the company knows them already."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.message import Message

from wizterm.domain.customer import NewCustomer
from wizterm.domain.likeness import Likeness
from wizterm.domain.text import plain
from wizterm.screens.confirm import Confirm
from wizterm.screens.page import Sheet


class KnownAlready(Sheet[NewCustomer]):
    @dataclass
    class Compared(Message):
        new: NewCustomer
        alike: tuple[Likeness, ...]

    def give(self, new: NewCustomer) -> None:
        """Give the customer, at once where nobody on this machine is like them."""
        self.ask(lambda bench: bench.customers.alike(new), lambda alike: self.Compared(new, alike))

    @on(Compared)
    def ask_about_likeness(self, message: Compared) -> None:
        message.stop()
        if not message.alike:
            self.dismiss(message.new)
            return
        known = "\n".join(_said(likeness) for likeness in message.alike)
        question = Confirm(
            "Known already?",
            words=f"These customers look like the one you typed:\n\n{known}",
            yes="save as a new customer",
            no="go back",
        )
        self.app.push_screen(question, lambda yes: self._give_all_the_same(message.new) if yes else None)

    def _give_all_the_same(self, new: NewCustomer) -> None:
        self.dismiss(new)


def _said(likeness: Likeness) -> str:
    town = f", {likeness.city}" if likeness.city else ""
    return plain(f"· {likeness.name}{town}: {likeness.why}")
