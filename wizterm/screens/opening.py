"""The first frame: the head, the foot and one word, while everything else is loaded beside it."""

from __future__ import annotations

from textual.content import Content
from textual.screen import Screen


class OpeningScreen(Screen[None]):
    DEFAULT_CSS = """
    OpeningScreen {
        background: $background;
        color: $foreground 60%;
        content-align: center middle;
        border-top: tall $panel;
        border-bottom: tall $panel;
    }
    """

    def render(self) -> Content:
        return Content.assemble(("WizTerm", "$accent bold"), "  opens …")
