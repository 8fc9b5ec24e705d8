"""Signing out: asked once more, and refused while something would be left behind."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from wizterm import commands
from wizterm.bindings import bind
from wizterm.messages import SignedOut
from wizterm.screens.page import Sheet


class SignOutSheet(Sheet[None]):
    DEFAULT_CSS = """
    SignOutSheet {
        & > #sheet { width: 64; }
        & Static { padding: 1 1; }
    }
    """

    HELP = """
Signing out closes WizTerm; the next start asks for the password. Orders and carts stay on this machine, for you alone.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("confirm"))

    class NothingLeft(Message):
        """Everything was sent or sealed."""

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = "Sign out?"
            sheet.border_subtitle = "y sign out · n stay"
            yield Static("WizTerm closes, and asks for your password at the next start. Orders and carts stay here.")

    def action_yes(self) -> None:
        self.ask(lambda bench: bench.departure.check(), lambda _: self.NothingLeft())

    def action_no(self) -> None:
        self.dismiss()

    @on(NothingLeft)
    def leave(self, message: NothingLeft) -> None:
        message.stop()
        self.app.post_message(SignedOut())
        self.dismiss()
