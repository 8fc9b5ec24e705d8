"""What every screen has: the head, the footer, and a plain word where something could not be done."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.screen import ModalScreen, Screen

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.text import plain
from wizterm.messages import WorkFailed
from wizterm.services.outlook import Outlook
from wizterm.services.words import explain
from wizterm.terminal.frames import PaintsPromptly
from wizterm.widgets.key_line import KeyLine
from wizterm.widgets.pane import Asking, shop_of
from wizterm.widgets.status_line import StatusLine

Result = TypeVar("Result")
Severity = Literal["information", "warning", "error"]


class Speaking(Asking):
    """Says in one sentence what happened, and what could not be done."""

    @on(WorkFailed)
    def say_what_failed(self, message: WorkFailed) -> None:
        message.stop()
        self.say(explain(message.error), "error")

    def say(self, words: str, severity: Severity = "information") -> None:
        """One sentence in the corner, gone by itself."""
        self.app.notify(plain(words), severity=severity, markup=False)


class Page(Speaking, PaintsPromptly, Screen[None]):
    """A full screen; `body` is what stands between head and footer."""

    TITLE_WORDS = ""
    """Stands at the right of the head."""

    BINDINGS: ClassVar[list[BindingType]] = bind(commands.BACK)

    outlook: var[Outlook] = var(Outlook())
    note: var[str] = var("")

    def body(self) -> ComposeResult:
        yield from ()

    def compose(self) -> ComposeResult:
        shop = shop_of(self)
        self._be_as_wide_as_the_app()
        self.note = self.note or self.TITLE_WORDS
        status = StatusLine(shop.machine.clock).data_bind(outlook=Page.outlook, note=Page.note)
        status.identity = shop.identity
        yield status
        yield from self.body()
        yield KeyLine()

    def on_mount(self) -> None:
        self.watch(self.app, "outlook", self._look_out)

    def action_back(self) -> None:
        self.dismiss()

    def _be_as_wide_as_the_app(self) -> None:
        """Before anything is in it: Textual learns it from the first layout, and applies every style again."""
        widths = [(width, name) for width, name in self.HORIZONTAL_BREAKPOINTS or () if width <= self.app.size.width]
        if widths:
            self.add_class(max(widths)[1])

    def _look_out(self, outlook: Outlook) -> None:
        self.outlook = outlook


class Sheet(Speaking, PaintsPromptly, ModalScreen[Result]):
    """A question on top of a screen; Esc leaves everything as it was."""

    DEFAULT_CSS = """
    Sheet {
        align: center middle;
        background: $background 60%;
        & > #sheet {
            width: 76; max-width: 96%; height: auto; max-height: 90%;
            border: round $accent; background: $surface; padding: 0 1;
            border-title-color: $accent; border-subtitle-color: $foreground 60%;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(commands.BACK, commands.HELP),
        Binding("ctrl+c", "app.help_quit", show=False, system=True),
    ]

    def action_back(self) -> None:
        self.dismiss(None)

    async def action_help(self) -> None:
        """The app's keys end at a sheet; this one works here too."""
        await self.run_action("app.help")
