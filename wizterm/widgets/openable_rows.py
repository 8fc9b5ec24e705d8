"""A list whose Enter opens what is under the cursor, and says so in the footer."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from wizterm import commands
from wizterm.bindings import bind
from wizterm.widgets.rows import Rows


class OpenableRows(Rows):
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.OPEN)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An empty list has nothing to open."""
        if action == commands.OPEN.action:
            return self.current is not None
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        self.action_choose()
