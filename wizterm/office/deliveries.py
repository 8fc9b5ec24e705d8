"""What is on its way to the ERP and by mail, and what needs a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.reactive import var

from wizterm.bindings import bind
from wizterm.office import commands
from wizterm.office.delivery_actions import DeliveryActions
from wizterm.office.document import DocumentPage
from wizterm.office.listing import ListFrame, ListPage
from wizterm.office.page import house_of
from wizterm.office.words import age_of, delivery_style, delivery_words
from wizterm.server.deliveries import MAILS
from wizterm.server.delivery_desk import DeliveryRow
from wizterm.server.office import Office
from wizterm.widgets.rows import Column, Row

STATES: Final = {
    "": "under way, or in need of somebody",
    "refused": "refused",
    "unknown": "uncertain",
    "waiting": "waiting",
    "awaiting": "mails that await the ERP's yes",
    "held": "held",
    "given-up": "given up",
    "done": "done",
}


class DeliveriesPage(ListPage[DeliveryRow], DeliveryActions):
    COMMAND = commands.DELIVERIES
    COLUMNS = (
        Column("Number", 13),
        Column("Kind", 8),
        Column("State", 11),
        Column("Tries", 5, align="right"),
        Column("What was said", 16, grow=True),
        Column("Age", 10, align="right"),
    )
    EMPTY = "No delivery is under way or needs anybody."
    HELP = """
What is on its way to the ERP and by mail, in the order it was taken. **Uncertain** means that the ERP may have it; it
is looked up there before it is sent again. A mail cannot be looked up: it rests until you retry it or give it up.

`r` tries at once, also what was refused. `m` says what the ERP calls an item or customer it does not know, and goes on.
`h` holds back. `g` gives up: the rep reads your reason, and can mend the order.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.OPEN, commands.NEXT_STATE, commands.LEAVE)

    state: var[str] = var("")

    def on_mount(self) -> None:
        self._say_which()

    def looking(self) -> Callable[[Office], Sequence[DeliveryRow]]:
        state = self.state
        return lambda office: office.deliveries.all(state)

    def row_of(self, item: DeliveryRow) -> Row:
        said = f"waits for {item.waits_for}" if item.waits_for else item.words
        kind = item.kind
        if item.target in MAILS:
            kind, said = "mail", f"to the {item.target.removeprefix('mail-')}: {said}".removesuffix(": ")
        age = age_of(item.taken_at, house_of(self).clock)
        cells = (item.number, kind, delivery_words(item), str(item.attempts), said, age)
        return Row(f"{item.document}/{item.revision}/{item.target}", cells, style=delivery_style(item))

    @property
    def at_hand(self) -> DeliveryRow | None:
        return self.current

    def action_open(self) -> None:
        if (row := self.current) is not None:
            self.app.push_screen(DocumentPage(row.document))

    def action_state(self) -> None:
        """Go to the next state of the list."""
        names = list(STATES)
        self.state = names[(names.index(self.state) + 1) % len(names)]
        self._say_which()
        self.look_again()

    def _say_which(self) -> None:
        self.query_one(ListFrame).border_subtitle = STATES[self.state]
