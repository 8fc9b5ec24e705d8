"""A search field with a list under it: the arrows move in the list while the typing goes on in the field."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from wizterm.widgets.rows import Rows


class ListKeys(DOMNode):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "list('down')", show=False),
        Binding("up", "list('up')", show=False),
        Binding("pagedown", "list('page_down')", show=False),
        Binding("pageup", "list('page_up')", show=False),
    ]

    def action_list(self, move: str) -> None:
        """Move in the list: down, up, page_down or page_up."""
        getattr(self.query_one(Rows), f"action_{move}")()
