"""Who works on this machine: asked before a folder is open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input, Static

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.text import plain
from wizterm.screens.help import HelpSheet
from wizterm.services.door import Door, unfilled
from wizterm.services.identity import Identity
from wizterm.services.words import explain
from wizterm.widgets.form_field import FormField, text_input
from wizterm.widgets.key_line import KeyLine
from wizterm.widgets.password_card import PasswordCard


class SignInScreen(PasswordCard[Path]):
    """Gives the folder to work in, or None where nobody signed in."""

    refuses_scans = True
    """Nobody has signed in yet for whom it could wait."""

    DEFAULT_CSS = """
    SignInScreen .greeting { height: auto; margin-bottom: 1; }
    """

    HELP = """
Sign in once with a network; after that the same password opens this machine without one.

The office gives you the server's address, your name and your password.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("sign-in"), commands.HELP)

    asking: var[bool] = var(default=False)
    """Whether the server is being asked."""

    @dataclass
    class FreshnessKnown(Message):
        words: str

    @dataclass
    class LetIn(Message):
        folder: Path

    @dataclass
    class KeptOut(Message):
        words: str

    def __init__(self, door: Door, *, last: Identity | None = None, address: str = "") -> None:
        """`last` is who signed in here before: it fills the form. `address` is used where nobody has."""
        super().__init__()
        self._door = door
        self._last = last
        self._address = last.address if last else address

    def compose(self) -> ComposeResult:
        rep = self._last.rep if self._last else ""
        with Vertical(id="card") as card:
            card.border_title = "WizTerm"
            card.border_subtitle = "Enter next · Esc quit"
            yield Static(_greeting(self._last, ""), classes="greeting")
            yield FormField(
                "Server",
                text_input("address", "https://orders.company.example", value=self._address),
                hint="From the office; it begins with https://.",
                id="field-address",
            )
            yield FormField(
                "Name",
                text_input("rep", value=rep, longest=40),
                hint="Your short name at the company, such as KIM.",
                id="field-rep",
            )
            yield FormField(
                "Password", text_input("password", secret=True), hint="Enter signs in.", id="field-password"
            )
            yield Static(classes="said")
        yield KeyLine()

    def on_mount(self) -> None:
        empty = unfilled(*self._typed())
        self.set_focus(self.query_one(f"#{next(iter(empty), 'password')}", Input))
        if self._last is not None:
            self._see_freshness()

    @on(Input.Changed)
    def forget_fault(self, message: Input.Changed) -> None:
        message.stop()
        self.query_one(f"#field-{message.input.id}", FormField).fault = ""

    def action_enter(self) -> None:
        """Ask once; what is missing is said at its field."""
        if self.asking:
            return
        missing = unfilled(*self._typed())
        for name, words in missing.items():
            self.query_one(f"#field-{name}", FormField).fault = words
        if missing:
            self.query_one(f"#{next(iter(missing))}", Input).focus()
            return
        self.asking = True
        self._sign_in(*self._typed())

    def action_quit(self) -> None:
        self.dismiss(None)

    def action_help(self) -> None:
        self.app.push_screen(HelpSheet())

    def watch_asking(self) -> None:
        if self.asking:
            self.say("Asking the server …")

    @on(FreshnessKnown)
    def say_how_fresh(self, message: FreshnessKnown) -> None:
        message.stop()
        self.query_one(".greeting", Static).update(_greeting(self._last, message.words))

    @on(LetIn)
    def enter(self, message: LetIn) -> None:
        message.stop()
        self.dismiss(message.folder)

    @on(KeptOut)
    def say_why(self, message: KeptOut) -> None:
        message.stop()
        self.asking = False
        self.say_why_not(message.words)

    @work(thread=True)
    def _see_freshness(self) -> None:
        self.post_message(self.FreshnessKnown(self._door.freshness()))

    @work(thread=True)
    def _sign_in(self, address: str, rep: str, password: str) -> None:
        try:
            answer: Message = self.LetIn(self._door.sign_in(address, rep, password))
        except Exception as error:  # noqa: BLE001 - the edge of our thread: the rep is told
            answer = self.KeptOut(explain(error))
        self.post_message(answer)

    def _typed(self) -> tuple[str, str, str]:
        address, rep, password = (self.query_one(f"#{name}", Input).value for name in ("address", "rep", "password"))
        return address.strip(), rep.strip(), password


def _greeting(last: Identity | None, freshness: str) -> Content:
    if last is None:
        return Content(
            "Sign in to the company's server. After this first time the same password opens this machine "
            "without a network."
        )
    who = Content.assemble(Content.styled(plain(last.rep_name), "bold"), f" · {plain(last.company)}\n")
    return Content.assemble(who, f"Signs in on this machine, network or not{freshness and '; '}{freshness}.")
