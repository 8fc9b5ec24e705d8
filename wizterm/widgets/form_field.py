"""One line of a form: its title, where to type, and a line under it that says what is expected or what is wrong."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from wizterm.domain.text import plain
from wizterm.widgets.line_input import LineInput


class FormField(Widget):
    DEFAULT_CSS = """
    FormField {
        height: auto;
        layout: horizontal;
        & > .title { width: 15; height: 1; color: $foreground 70%; text-wrap: nowrap; }
        & > Vertical { width: 1fr; height: auto; }
        & .hint { height: 1; visibility: hidden; color: $foreground 55%; text-wrap: nowrap; text-overflow: ellipsis; }
        & Input { background: $panel; }
        & Input:focus, & Select:focus > SelectCurrent { background: $boost; background-tint: 0%; }
        & SelectCurrent { background: $panel; padding: 0; }
        &.-at > .title { color: $accent; text-style: bold; }
        &.-at .hint, &.-fault .hint { visibility: visible; }
        &.-fault > .title, &.-fault .hint { color: $text-error; }
    }
    """

    fault: reactive[str] = reactive("")
    """What is wrong with what was typed; empty where nothing is."""

    def __init__(self, title: str, *inputs: Widget, hint: str = "", id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._title = title
        self._inputs = inputs
        self._hint = hint

    def compose(self) -> ComposeResult:
        yield Static(self._title, classes="title", markup=False)
        with Vertical():
            yield from self._inputs
            yield Static(Content(self._hint), classes="hint")

    def on_descendant_focus(self) -> None:
        """A class of its own: Textual does not restyle a field's children when the focus comes and goes."""
        self.add_class("-at")

    def on_descendant_blur(self) -> None:
        self.remove_class("-at")

    def watch_fault(self, fault: str) -> None:
        self.set_class(bool(fault), "-fault")
        if self.is_mounted:
            self.query_one(".title", Static).update(Content(f"▲ {self._title}" if fault else self._title))
            self.query_one(".hint", Static).update(Content(plain(fault) or self._hint))


def text_input(name: str, placeholder: str = "", *, value: str = "", longest: int = 200, secret: bool = False) -> Input:
    """Where one value is typed; its id is the value's name."""
    return LineInput(value, placeholder=placeholder, max_length=longest, password=secret, id=name, compact=True)
