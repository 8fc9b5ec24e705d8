"""A code that may be several things: a person says which, and is not asked again."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Label

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.scanned import Choices, Thing
from wizterm.domain.text import plain
from wizterm.screens.page import Sheet
from wizterm.widgets.rows import Column, Row, Rows


class WhichOne(Sheet[Thing]):
    """Gives the thing that was chosen, or None after Esc."""

    DEFAULT_CSS = """
    WhichOne { & Rows { height: 8; } }
    """

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("meanings"))

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._choices = choices

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = "Which one is it?"
            sheet.border_subtitle = "Enter takes it, and remembers · Esc none of them"
            yield Label(plain(self._choices.words), markup=False)
            yield Rows(Column("", 20, grow=True))

    def on_mount(self) -> None:
        rows = [Row(str(place), (plain(thing.words),)) for place, thing in enumerate(self._choices.options)]
        self.query_one(Rows).replace(rows, more=False, keep_cursor=False)
        self.query_one(Rows).focus()

    @on(Rows.Chosen)
    def choose_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_choose()

    def action_choose(self) -> None:
        if row := self.query_one(Rows).current:
            self.dismiss(self._choices.options[int(row.key)])
