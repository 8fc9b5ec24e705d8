"""One setting: its name, how it stands, and a sentence on what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.text import plain


class SettingRow(Widget, can_focus=True):
    DEFAULT_CSS = """
    SettingRow {
        height: 2; padding: 0 1; border-left: blank;
        text-wrap: nowrap; text-overflow: ellipsis;
        &:focus { border-left: outer $accent; background: $boost; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(*commands.of("settings")),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    state: reactive[str] = reactive("")

    @dataclass
    class Acted(Message):
        """The rep wants what this row says."""

        name: str

    def __init__(self, name: str, title: str, sentence: str) -> None:
        super().__init__(name=name, id=name)
        self._title = title
        self._sentence = sentence

    def render(self) -> Content:
        state = plain(self.state)
        gap = max(2, self.content_size.width - len(self._title) - len(state))
        return Content.assemble(
            Content.styled(self._title, "bold"),
            " " * gap,
            Content.styled(state, "$accent"),
            Content.styled(f"\n{self._sentence}", "$foreground 65%"),
        )

    def action_act(self) -> None:
        self.post_message(self.Acted(self.name or ""))

    def on_click(self) -> None:
        self.action_act()
