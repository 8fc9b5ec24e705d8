"""One field on top of a screen: a quantity, a note, a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label

from wizterm.domain.text import plain
from wizterm.messages import WorkFailed
from wizterm.screens.page import Result, Sheet
from wizterm.services.cart_view import CartView
from wizterm.services.words import explain
from wizterm.services.workbench import Workbench
from wizterm.widgets.line_input import LineInput

Change = Callable[[Workbench, str], CartView]
"""What becomes of the cart with what was typed."""


class Field(Sheet[Result]):
    DEFAULT_CSS = """
    Field {
        & Input { border: none; height: 1; padding: 0; background: $boost; }
        & .hint { color: $foreground 60%; width: 1fr; }
        & .fault { color: $text-error; width: 1fr; display: none; }
        &.-at-fault .fault { display: block; }
    }
    """

    def __init__(self, title: str, *, hint: str, value: str = "", longest: int = 200, enter: str = "keeps") -> None:
        """`enter` says what the key does."""
        super().__init__()
        self._enter = enter
        self._title = title
        self._hint = hint
        self._value = value
        self._longest = longest

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = Content(plain(self._title))
            sheet.border_subtitle = f"Enter {self._enter} · Esc leaves it"
            yield LineInput(self._value, max_length=self._longest, select_on_focus=True, compact=True)
            yield Label(classes="fault", markup=False)
            yield Label(plain(self._hint), classes="hint", markup=False)

    @on(Input.Submitted)
    def take(self, message: Input.Submitted) -> None:
        message.stop()
        self.typed(message.value)

    def typed(self, text: str) -> None:
        """Enter was pressed on it."""
        raise NotImplementedError


class Prompt(Field[str]):
    """Gives what was typed, or None after Esc."""

    def typed(self, text: str) -> None:
        self.dismiss(text)


class Asking(Field[Result]):
    """Asks something of the bench with what was typed; stays open, with the reason, where that cannot be done."""

    asking = False

    @dataclass
    class Answered(Message):
        answer: Any

    def typed(self, text: str) -> None:
        """Once until there is an answer: a second Enter must not take an amount off twice."""
        if not self.asking:
            self.asking = True
            self.put(text)

    def action_back(self) -> None:
        """What is being done cannot be left: its answer comes in a moment."""
        if not self.asking:
            super().action_back()

    def put(self, text: str) -> None:
        """Ask, for an `Answered`."""
        raise NotImplementedError

    @on(Answered)
    def give(self, message: Answered) -> None:
        message.stop()
        self.dismiss(message.answer)

    @on(WorkFailed)
    def say_in_place(self, message: WorkFailed) -> None:
        message.stop()
        message.prevent_default()
        self.asking = False
        self.query_one(".fault", Label).update(plain(explain(message.error)))
        self.add_class("-at-fault")
        field = self.query_one(Input)
        field.focus()
        field.select_all()


class CartPrompt(Asking[CartView]):
    """Changes the cart with what was typed, and gives it."""

    def __init__(self, title: str, change: Change, *, hint: str, value: str = "", longest: int = 200) -> None:
        super().__init__(title, hint=hint, value=value, longest=longest)
        self._change = change

    def put(self, text: str) -> None:
        self.ask(lambda bench: self._change(bench, text), self.Answered)
