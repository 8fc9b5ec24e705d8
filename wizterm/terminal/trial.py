"""Keys that may turn out to be part of a scan: typed at once where that can be taken back, else withheld a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual.app import App, ScreenStackError
from textual.events import Key
from textual.widgets import Input
from textual.widgets.input import Selection


@dataclass(frozen=True, slots=True)
class _Field:
    """A text field as it was before the first key on trial."""

    widget: Input
    value: str
    selection: Selection

    def restore(self) -> None:
        if self.widget.is_attached and self.widget.value != self.value:
            self.widget.value = self.value
            self.widget.selection = self.selection


class Trial:
    """A text field shows the key at once. Elsewhere a letter may be a command, which nothing could take back."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._field: _Field | None = None
        self._withheld: list[Key] = []

    def admits(self, key: Key) -> bool:
        """Whether the key is handled now; if not it waits for the verdict."""
        field = self._focused()
        if self._withheld or field is None or not key.is_printable or self._elsewhere(field):
            self._withheld.append(key)
            return False
        if self._field is None:
            self._field = _Field(field, field.value, field.selection)
        return True

    def over(self) -> list[Key]:
        """All was typed: what stands, stands; gives what was withheld."""
        withheld = self._withheld
        self._field, self._withheld = None, []
        return withheld

    def take_back(self) -> None:
        """It was a scan."""
        field = self._field
        self.over()
        if field is not None:
            field.restore()

    def _elsewhere(self, field: Input) -> bool:
        return self._field is not None and self._field.widget is not field

    def _focused(self) -> Input | None:
        try:
            focused = self._app.focused
        except ScreenStackError:  # an app that is closing has no screen
            return None
        return focused if isinstance(focused, Input) else None
