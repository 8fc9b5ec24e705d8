"""A question with a yes and a no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.text import plain
from wizterm.screens.page import Sheet


class Confirm(Sheet[bool]):
    """Gives True after yes; no and Esc leave everything as it was."""

    DEFAULT_CSS = """
    Confirm {
        & > #sheet { width: 60; }
        & Static { padding: 1 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("confirm"))

    def __init__(self, question: str, *, words: str, yes: str, no: str) -> None:
        super().__init__()
        self._question = question
        self._words = words
        self._answers = f"y {yes} · n {no}"

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = Content(plain(self._question))
            sheet.border_subtitle = plain(self._answers)
            yield Static(Content("\n").join(Content(plain(line)) for line in self._words.split("\n")))

    @classmethod
    def leave(cls, without: str) -> Confirm:
        """What every form asks before it throws away what was typed: without saving, or whatever its F10 does."""
        return cls(
            f"Leave without {without}?",
            words="What you typed into this form will be lost.",
            yes="leave",
            no="go on typing",
        )

    def action_yes(self) -> None:
        self.dismiss(True)  # noqa: FBT003 - the result, not an option

    def action_no(self) -> None:
        self.dismiss(False)  # noqa: FBT003 - as above
