"""One decision whole: a reason can be longer than the list's row."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from wizterm.domain.text import plain
from wizterm.screens.page import Sheet
from wizterm.server.decisions import DecisionLine


class DecisionSheet(Sheet[None]):
    DEFAULT_CSS = """
    DecisionSheet {
        & VerticalScroll { height: auto; max-height: 100%; }
        & Static { padding: 1 1; height: auto; }
    }
    """

    def __init__(self, decision: DecisionLine) -> None:
        super().__init__()
        self._decision = decision

    def compose(self) -> ComposeResult:
        decision = self._decision
        with Vertical(id="sheet") as sheet:
            sheet.border_title = Content(
                plain(f"{decision.who} ({decision.role}), {decision.at:%Y-%m-%d %H:%M:%S} UTC")
            )
            sheet.border_subtitle = "Esc back"
            with VerticalScroll():
                yield Static(Content(plain(decision.told)))
