"""What the office has done, and who of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from wizterm.bindings import bind
from wizterm.office import commands
from wizterm.office.decision import DecisionSheet
from wizterm.office.listing import ListPage
from wizterm.office.page import house_of
from wizterm.office.words import age_of
from wizterm.server.decisions import DecisionLine
from wizterm.server.office import Office
from wizterm.widgets.openable_rows import OpenableRows
from wizterm.widgets.rows import Column, Row, Rows


class DecisionsPage(ListPage[DecisionLine]):
    COMMAND = commands.DECISIONS
    COLUMNS = (
        Column("Who", 10),
        Column("Role", 6),
        Column("What", 30, grow=True),
        Column("Ago", 12, align="right"),
    )
    EMPTY = "The office has decided nothing yet."
    HELP = """
Everything that the office has changed, and every sign-in to this screen, the latest first. It cannot be changed or
taken away here. **Host** is whoever worked on the server's own host, named as the system does. A document shows what
was decided about it under its history.

Enter shows a decision whole, where its row has no room for the reason.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.LEAVE)

    def rows_widget(self) -> Rows:
        return OpenableRows(*self.COLUMNS, empty=self.EMPTY)

    def action_open(self) -> None:
        if (decision := self.current) is not None:
            self.app.push_screen(DecisionSheet(decision))

    def find(self, office: Office) -> Sequence[DecisionLine]:
        return office.decisions.newest()

    def row_of(self, item: DecisionLine) -> Row:
        ago = age_of(item.at, house_of(self).clock)
        return Row(item.id, (item.who, item.role, item.told, ago), style="")
