"""Where one types what to look for; Enter is left to the pane around it."""

from __future__ import annotations

from textual.widgets import Input


class SearchField(Input):
    DEFAULT_CSS = """
    SearchField { border: none; height: 1; padding: 0; background: $surface; &:focus { border: none; } }
    """

    def __init__(self, hint: str, *, longest: int) -> None:
        super().__init__(placeholder=f"⌕ {hint}", max_length=longest, compact=True)
        self.cursor_blink = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter means what the pane says it means."""
        return action != "submit" and super().check_action(action, parameters)
