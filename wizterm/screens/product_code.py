"""A product's barcode large on the screen, for another scanner or a telephone to read."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from wizterm.domain.text import plain
from wizterm.late import load
from wizterm.screens.page import Sheet

FRAME = 2
"""Columns that the sheet's border takes: an EAN-13 wants 117 of 120."""


class ProductCodeSheet(Sheet[None]):
    DEFAULT_CSS = """
    ProductCodeSheet {
        & > #sheet { width: auto; max-width: 100%; max-height: 100%; padding: 0; }
        & #code { width: auto; height: auto; color: #ffffff; background: #000000; }
        & #text { width: auto; }
    }
    """

    def __init__(self, code: str, name: str) -> None:
        """`code` is the GTIN, or the SKU where there is none."""
        super().__init__()
        self._code = code
        self._called = name

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = plain(self._called)
            sheet.border_subtitle = "Esc back"
            yield Static(id="code")
            yield Static(Content.styled(plain(self._code), "bold"), id="text")

    def on_resize(self, event: events.Resize) -> None:
        """Bars where they fit, else a square."""
        drawn = load("wizterm.paper.on_screen:code_on_screen")(self._code, columns=event.size.width - FRAME)
        self.query_one("#code", Static).update(Content(drawn))
