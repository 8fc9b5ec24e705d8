"""Where one types what to look for; Enter is left to the pane around it."""

from __future__ import annotations

import re
from decimal import Decimal

from textual.geometry import Size
from textual.reactive import Reactive

from wizterm.domain.quantity import MINUS
from wizterm.widgets.line_input import LineInput

_COUNT = re.compile(r"^\s*([-−]?\d{1,6})\s*\*\s*(.*)$")
"""`12*` before the search: how many to add; `-3*`: how many go back."""


class SearchField(LineInput):
    DEFAULT_CSS = """
    SearchField { border: none; height: 1; padding: 0; background: $surface; &:focus { border: none; } }
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """Grows with the words; as Textual declares it, every letter has the whole screen laid out again."""

    def __init__(self, hint: str, *, longest: int) -> None:
        super().__init__(placeholder=f"⌕ {hint}", max_length=longest, compact=True)
        self.cursor_blink = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter means what the pane says it means; so do the arrows where they have nowhere to go in the text."""
        if action == "submit" or (action in _AT_THE_EDGE and self._at_the_edge(action)):
            return False
        return super().check_action(action, parameters)

    def _at_the_edge(self, action: str) -> bool:
        """Marked words are at their end too: the next ones typed take their place, and there is nowhere to go."""
        return self.cursor_position == (0 if action == "cursor_left" else len(self.value))


_AT_THE_EDGE = frozenset({"cursor_left", "cursor_right"})


def count_and_words(text: str) -> tuple[Decimal | None, str]:
    """What is typed: how many (None: as the rules say), and the words."""
    match = _COUNT.match(text)
    count = Decimal(match[1].replace(MINUS, "-")) if match is not None else None
    return (count, match[2]) if match is not None and count else (None, text)
