"""A form that Enter goes through: to the next field, and from the last one to what the form is for."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.message_pump import MessagePump
from textual.widgets import Input


class FieldByField(MessagePump):
    LAST_FIELD: ClassVar[str] = ""
    """Id of the field that nothing comes after; without one Enter goes round."""

    @on(Input.Submitted)
    def go_on(self, message: Input.Submitted) -> None:
        message.stop()
        if message.input.id == self.LAST_FIELD:
            self.finish()
        else:
            message.input.screen.focus_next()

    def finish(self) -> None:
        """Enter was pressed in the last field."""
