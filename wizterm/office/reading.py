"""A page that tells one thing whole, as text that scrolls and is broken to the width."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from wizterm.office.page import OfficePage


class ReadingPage(OfficePage):
    DEFAULT_CSS = """
    ReadingPage {
        & VerticalScroll {
            border: round $accent; border-title-color: $accent; border-subtitle-color: $foreground 60%;
            padding: 0 1; height: 1fr; scrollbar-size-vertical: 1;
        }
    }
    """

    def body(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(id="told")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        self.look_again()

    def tell(self, title: str | Content, told: Callable[[int], Content]) -> None:
        """Show it under this title; `told` is given the columns there are."""
        self.query_one(VerticalScroll).border_title = title
        text = self.query_one("#told", Static)
        text.update(told(text.content_size.width))
