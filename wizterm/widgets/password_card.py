"""The card of a sign-in: Enter goes from field to field, and signs in at the password."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from wizterm.domain.text import plain
from wizterm.widgets.field_by_field import FieldByField

Result = TypeVar("Result")


class PasswordCard(FieldByField, ModalScreen[Result]):
    """Has `#card` around its fields, `#password` last, and a `.said` below."""

    DEFAULT_CSS = """
    PasswordCard {
        align: center middle;
        background: $background;
        & > #card {
            width: 72; max-width: 100%; height: auto; padding: 1 2 0 2;
            border: round $accent; border-title-color: $accent; border-subtitle-color: $foreground 60%;
        }
        & .said { height: auto; min-height: 2; max-height: 5; }
    }
    """

    LAST_FIELD: ClassVar[str] = "password"

    def finish(self) -> None:
        self.action_enter()

    def action_enter(self) -> None:
        """Sign in with what was typed."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        self.query_one(".said", Static).update(Content(words))

    def say_why_not(self, words: str) -> None:
        """Whoever is kept out goes on at the password."""
        self.query_one(".said", Static).update(Content.styled(f"▲ {plain(words)}", "$text-error"))
        self.query_one("#password", Input).focus()
