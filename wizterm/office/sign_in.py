"""Who works in the office: asked in a browser before anything is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input, Static

from wizterm.bindings import bind
from wizterm.domain.text import plain
from wizterm.messages import WorkFailed
from wizterm.office import commands
from wizterm.office.page import house_of
from wizterm.office.words import explain
from wizterm.server.office import Visit
from wizterm.server.office_users import LONGEST_NAME
from wizterm.widgets.form_field import FormField, text_input
from wizterm.widgets.key_line import KeyLine
from wizterm.widgets.password_card import PasswordCard

SIGN_IN_SECONDS = 120.0
"""Whoever has not signed in by then is let go: an open screen is a process."""


class SignInScreen(PasswordCard[Visit]):
    """Gives the visit of who signed in, or None where nobody did in time."""

    DEFAULT_CSS = "SignInScreen > #card { width: 60; }"
    HELP = """
Sign in with a name and password that `wizterm admin users add` has set up on the server.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.ENTER, commands.SIGN_IN_LEAVE)

    asking: var[bool] = var(default=False)

    @dataclass
    class LetIn(Message):
        visit: Visit

    def __init__(self, why: str = "") -> None:
        """`why` says what ended the visit before."""
        super().__init__()
        self._why = why

    def compose(self) -> ComposeResult:
        with Vertical(id="card") as card:
            card.border_title = f"WizTerm office · {plain(house_of(self).company)}"
            card.border_subtitle = "Enter next · Esc quit"
            yield FormField("Name", text_input("name", longest=LONGEST_NAME), hint="Yours at the office.")
            yield FormField("Password", text_input("password", secret=True), hint="Enter signs in.")
            yield Static(self._why, classes="said", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#name", Input).focus()
        self.set_timer(SIGN_IN_SECONDS, self.action_leave)

    def action_enter(self) -> None:
        """Ask once; a second Enter while it is being asked is one too many."""
        if self.asking:
            return
        self.asking = True
        self.say("Looking …")
        name, password = (self.query_one(f"#{each}", Input).value for each in ("name", "password"))
        house = house_of(self)
        house.desk.ask(lambda: house.door.sign_in(name, password), self.LetIn, self)

    def action_leave(self) -> None:
        self.dismiss(None)

    @on(LetIn)
    def enter(self, message: LetIn) -> None:
        message.stop()
        self.dismiss(message.visit)

    @on(WorkFailed)
    def say_why(self, message: WorkFailed) -> None:
        message.stop()
        self.asking = False
        self.query_one("#password", Input).value = ""
        self.say_why_not(explain(message.error))
