"""Why a price is what it is, part by part."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from wizterm.domain.text import plain
from wizterm.screens.page import Sheet
from wizterm.services.why import Why
from wizterm.services.why_words import facts


class WhySheet(Sheet[None]):
    DEFAULT_CSS = """
    WhySheet {
        & VerticalScroll { height: auto; max-height: 100%; }
        & Static { padding: 1 1; height: auto; }
    }
    """

    def __init__(self, why: Why) -> None:
        super().__init__()
        self._why = why

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = Content(plain(f"Why this price: {self._why.sku}"))
            sheet.border_subtitle = "Esc back"
            with VerticalScroll():
                yield Static(_table(self._why))


def _table(why: Why) -> Content:
    rows = [(label[:1].upper() + label[1:], text) for label, text in facts(why)]
    width = max(len(label) for label, _ in rows)
    return Content("\n").join(
        Content.assemble(Content.styled(f"{label:<{width}}", "$foreground 60%"), "  ", plain(text))
        for label, text in rows
    )
