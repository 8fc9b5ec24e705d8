"""A rep telephones: the office types what is read out, and reads the code back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Digits, Input, Static

from wizterm.bindings import bind
from wizterm.domain.discount import read_percent
from wizterm.domain.money import AmountError
from wizterm.domain.text import plain
from wizterm.messages import WorkFailed
from wizterm.office import commands
from wizterm.office.below_more import BelowMore
from wizterm.office.words import explain
from wizterm.server.approvals import ManagerLine
from wizterm.server.deciding import Role, SignedOutError
from wizterm.server.office import Office
from wizterm.widgets.field_by_field import FieldByField
from wizterm.widgets.form_field import FormField, text_input

FIELDS: Final = ("request", "rep", "percent", "manager")
NO_MANAGER: Final = "There is no manager yet: `wizterm admin managers add` sets one up."
MOST_NAMED: Final = 6
"""Managers that a line names; who is not among them can be typed all the same."""


class ApprovalsPage(FieldByField, BelowMore):
    DEFAULT_CSS = """
    ApprovalsPage {
        & #form { border: round $accent; border-title-color: $accent; padding: 0 1; height: auto; }
        & #answer { padding: 0 2; height: 1fr; }
        & Digits { width: 100%; height: 3; color: $text-success; }
        & .said { height: auto; }
    }
    """
    COMMAND = commands.APPROVALS
    LAST_FIELD: ClassVar[str] = FIELDS[-1]
    TAKES = Role.CLERK
    HELP = """
A rep's discount is beyond the limit, and there is no manager beside the rep to type a PIN. The rep reads out eight
signs and the percentage; you type them, with the manager who allows it, and read the ten digits back. They hold for
that cart, that percentage and that manager alone. Who gave the code is kept under Decisions.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.GIVE_CODE, commands.LEAVE)

    @dataclass
    class Given(Message):
        code: str
        words: str

    @dataclass
    class Known(Message):
        managers: Sequence[ManagerLine]

    def __init__(self) -> None:
        super().__init__()
        self._asking = False

    def body(self) -> ComposeResult:
        with Vertical(id="form") as form:
            form.border_title = "A rep telephones"
            yield FormField("Request", text_input("request", longest=16), hint="Eight signs, such as 7K2M-9XQ4.")
            yield FormField("Rep", text_input("rep", longest=24), hint="Code of the rep who calls, such as KIM.")
            yield FormField("Percent", text_input("percent", longest=8), hint="The discount the rep reads out.")
            yield FormField("Manager", text_input("manager", longest=24), hint="Code of the manager who allows it.")
        with Vertical(id="answer"):
            yield Static(classes="who", markup=False)
            yield Static(classes="said", markup=False)
            yield Digits("")

    def on_mount(self) -> None:
        self.query_one("#request", Input).focus()

    def look_again(self) -> None:
        self.look("managers", lambda office: office.managers.all(), self.Known)

    @on(Known)
    def name_managers(self, message: Known) -> None:
        message.stop()
        named = [_named(each) for each in message.managers]
        more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
        words = f"Managers: {', '.join(named[:MOST_NAMED])}{more}" if named else NO_MANAGER
        self.query_one(".who", Static).update(Content.styled(words, "$foreground 70%"))

    def obey_role(self) -> None:
        may = not self.why_not
        if self.query_one("#form").disabled == may:
            self.query_one("#form").disabled = not may
            self.say_below(self.why_not, "warning")
            if may:
                self.query_one("#request", Input).focus()

    def finish(self) -> None:
        self.action_give_code()

    @on(Input.Changed)
    def forget_code(self, message: Input.Changed) -> None:
        """A code must not be read out for something else."""
        message.stop()
        self.query_one(Digits).update("")
        self.say_below("")

    def action_give_code(self) -> None:
        """Ask once: each code that is given is kept on record."""
        request, rep, typed, manager = (self.query_one(f"#{name}", Input).value.strip() for name in FIELDS)
        if self._asking:
            return
        try:
            percent = read_percent(typed)
        except AmountError as error:
            self._say_why_not(str(error))
            return

        def give(office: Office) -> str:
            return office.managers.code(request, rep, percent, manager)

        self._asking = True
        words = f"Read out, for {percent.normalize():f} % to {rep} by {manager}:"
        self.ask(give, lambda code: self.Given(code, words))

    @on(Given)
    def show_code(self, message: Given) -> None:
        message.stop()
        self._asking = False
        self.say_below(message.words)
        self.query_one(Digits).update(message.code)

    @on(WorkFailed)
    def say_in_place(self, message: WorkFailed) -> None:
        """The caller is on the line: the reason stays until something else is typed."""
        self._asking = False
        if not isinstance(message.error, SignedOutError):
            message.stop()
            message.prevent_default()
            self._say_why_not(explain(message.error))

    def say_below(self, words: str, style: str = "foreground") -> None:
        colour = "$foreground" if style == "foreground" else f"$text-{style}"
        self.query_one(".said", Static).update(Content.styled(plain(words), colour))

    def _say_why_not(self, words: str) -> None:
        self.say_below(f"▲ {words}", "error")


def _named(manager: ManagerLine) -> str:
    return f"{plain(manager.code)} {plain(manager.name)}" + (f" (up to {manager.most} %)" if manager.most else "")
