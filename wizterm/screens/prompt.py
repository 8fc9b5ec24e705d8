"""One field on top of a screen: a quantity, a note."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label

from wizterm.domain.text import plain
from wizterm.screens.page import Sheet


class Prompt(Sheet[str]):
    """Gives what was typed, or None after Esc."""

    DEFAULT_CSS = """
    Prompt {
        & Input { border: none; height: 1; padding: 0; background: $boost; }
        & .hint { color: $foreground 60%; }
    }
    """

    def __init__(self, title: str, *, hint: str, value: str = "", longest: int = 200) -> None:
        super().__init__()
        self._title = title
        self._hint = hint
        self._value = value
        self._longest = longest

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = Content(plain(self._title))
            sheet.border_subtitle = "Enter keeps · Esc leaves it"
            yield Input(self._value, max_length=self._longest, select_on_focus=True, compact=True)
            yield Label(plain(self._hint), classes="hint", markup=False)

    @on(Input.Submitted)
    def keep(self, message: Input.Submitted) -> None:
        message.stop()
        self.dismiss(message.value)
