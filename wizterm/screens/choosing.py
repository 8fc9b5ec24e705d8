"""A sheet that finds one of many as one types, and gives its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from wizterm.domain.text import plain
from wizterm.screens.page import Sheet
from wizterm.widgets.list_keys import ListKeys
from wizterm.widgets.rows import Column, Row, Rows
from wizterm.widgets.search_field import SearchField

LONGEST_SEARCH = 100


class ChoosingSheet(Sheet[str], ListKeys):
    """Gives the key of the chosen row, or None after Esc."""

    DEFAULT_CSS = """
    ChoosingSheet {
        & > #sheet { height: 80%; }
        & Rows { height: 1fr; }
    }
    """

    HINT = ""
    """What may be typed."""
    KEYS = ""
    """What they do, in the frame."""
    COLUMNS: tuple[Column, ...] = ()
    EMPTY = ""
    """What nothing found means."""

    @dataclass
    class Found(Message):
        words: str
        """What was looked for."""
        rows: Sequence[Row]

    @property
    def question(self) -> str:
        """What is to be chosen."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = Content(plain(self.question))
            sheet.border_subtitle = self.KEYS
            yield SearchField(self.HINT, longest=LONGEST_SEARCH)
            yield Rows(*self.COLUMNS, empty=self.EMPTY)

    def find(self, words: str) -> None:
        """Look the words up, and answer with `Found`."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.query_one(Rows).can_focus = False
        self.query_one(SearchField).focus()
        self.find("")

    @on(Input.Changed)
    def find_as_typed(self, message: Input.Changed) -> None:
        message.stop()
        self.find(message.value)

    @on(Found)
    def show_found(self, message: Found) -> None:
        """Only what answers the words as they stand now."""
        message.stop()
        if message.words == self.query_one(SearchField).value:
            self.query_one(Rows).replace(list(message.rows), more=False, keep_cursor=False)

    @on(Rows.Chosen)
    def choose_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_choose()

    def action_choose(self) -> None:
        if (row := self.query_one(Rows).current) is not None:
            self.dismiss(row.key)
