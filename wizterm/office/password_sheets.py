"""Passwords that the office gives: typed twice, never shown, and only ever kept as a hash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Select, Static

from wizterm.domain.text import plain
from wizterm.messages import WorkFailed
from wizterm.office.page import house_of
from wizterm.office.words import explain
from wizterm.screens.page import Sheet
from wizterm.server.deciding import Role
from wizterm.server.office import Office
from wizterm.server.office_users import LONGEST_NAME
from wizterm.widgets.field_by_field import FieldByField
from wizterm.widgets.form_field import FormField, text_input

DIFFER: Final = "The two passwords differ: type both again."
ROLES: Final = {
    Role.VIEWER: "viewer: sees everything, changes nothing",
    Role.CLERK: "clerk: decides about documents and customers",
    Role.ADMIN: "admin: also about reps, devices and users",
}
Give = Callable[[Office, str], Any]
"""What becomes of a password."""


class NewPassword(FieldByField, Sheet[str]):
    """Gives the sentence on what was done, or None after Esc; stays open, with the reason, where it cannot be done."""

    DEFAULT_CSS = """
    NewPassword {
        & > #sheet { padding: 1 2 0 2; }
        & .said { height: auto; min-height: 2; }
    }
    """
    LAST_FIELD: ClassVar[str] = "again"

    asking = False

    @dataclass
    class Kept(Message):
        pass

    def __init__(self, title: str, give: Give, *, done: str, least: int) -> None:
        """`done` is the sentence, `least` how many characters a password has."""
        super().__init__()
        self._title = title
        self._give = give
        self._done = done
        self._least = least

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = Content(plain(self._title))
            sheet.border_subtitle = "Enter next, and keeps in the last · Esc leaves it"
            yield from self.before()
            hint = f"At least {self._least} characters. Tell it to nobody else."
            yield FormField("Password", text_input("password", secret=True), hint=hint)
            yield FormField("Once more", text_input("again", secret=True), hint="The same again. Enter keeps it.")
            yield Static(classes="said", markup=False)

    def before(self) -> ComposeResult:
        """Fields above the password."""
        yield from ()

    def on_mount(self) -> None:
        self.query(Input).first().focus()

    def finish(self) -> None:
        """Ask once; a second Enter while it is being asked is one too many."""
        password, again = self._typed("password"), self._typed("again")
        if self.asking:
            return
        if password != again:
            self._say_why_not(DIFFER)
            return
        self.asking = True
        house, give = house_of(self), self.giving()
        office = house.office
        house.desk.ask(lambda: give(office, password), lambda _: self.Kept(), self)

    def giving(self) -> Give:
        """As the form stands."""
        return self._give

    @property
    def done(self) -> str:
        return self._done

    @on(Kept)
    def leave(self, message: Kept) -> None:
        message.stop()
        self.dismiss(self.done)

    @on(WorkFailed)
    def say_in_place(self, message: WorkFailed) -> None:
        message.stop()
        message.prevent_default()
        self.asking = False
        self._say_why_not(explain(message.error))

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value

    def _say_why_not(self, words: str) -> None:
        """Both passwords are typed again: nobody sees which of them was wrong."""
        self.query_one(".said", Static).update(Content.styled(f"▲ {plain(words)}", "$text-error"))
        for name in ("again", "password"):
            self.query_one(f"#{name}", Input).value = ""
        self.query_one("#password", Input).focus()


class NewUser(NewPassword):
    """Somebody who may sign in, with what they may do."""

    def __init__(self, *, least: int) -> None:
        super().__init__("Somebody new in the office", lambda _office, _password: None, done="", least=least)

    def before(self) -> ComposeResult:
        yield FormField("Name", text_input("name", longest=LONGEST_NAME), hint="They sign in with it, such as ada.")
        choices = [(words, role.value) for role, words in ROLES.items()]
        role = Select[str](choices, value=Role.CLERK.value, allow_blank=False, id="role", compact=True)
        yield FormField("Role", role, hint="Enter opens the choices, Tab goes on.")

    def giving(self) -> Give:
        name, role = self._typed("name"), self._role
        return lambda office, password: office.users.add(name, password, role)

    @property
    def done(self) -> str:
        return f"{self._typed('name').strip()} can sign in as {self._role}."

    @property
    def _role(self) -> Role:
        return Role(str(self.query_one("#role", Select).value))
