"""Learning the layout of keyboard and scanner from the codes of the set-up sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Label

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.barcodes.calibration import CODES, CalibrationError, check, learn
from wizterm.domain.quantity import counted
from wizterm.screens.page import Sheet
from wizterm.terminal.gate import Scanned
from wizterm.terminal.keyboard import Keyboard
from wizterm.terminal.scan_router import ScanningApp


class CalibrationSheet(Sheet[bool]):
    """Gives True where something was learnt or forgotten; after Esc the keyboard is read as before."""

    DEFAULT_CSS = """
    CalibrationSheet { & Input { border: none; height: 1; padding: 0; background: $boost; } }
    """

    HELP = """
`wizterm labels setup` prints three codes that hold every sign. A scanner types as on one country's keyboard and this
machine may have another's: what arrives here instead of what was printed is mended from then on, on this machine.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("calibration"))

    @dataclass
    class Kept(Message):
        """The table is on the disk."""

        table: dict[str, str]

    def __init__(self) -> None:
        super().__init__()
        self._typed: list[str] = []
        self._before: Mapping[str, str] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = "Layout of keyboard and scanner"
            sheet.border_subtitle = "F8 forgets what was learnt · Esc leaves it"
            yield Label("Scan the three codes on the last page of wizterm labels setup.")
            yield Label(id="next")
            yield Input(max_length=200, compact=True)

    def on_mount(self) -> None:
        """From here on codes are wanted as they arrive."""
        self._before, self._keyboard.table = self._keyboard.table, {}
        self._ask_for_next()

    def take_scan(self, scan: Scanned) -> None:
        self._arrived(scan.text)

    @on(Input.Submitted)
    def take_typed(self, message: Input.Submitted) -> None:
        """A code that nothing tells from typing has been typed into the field."""
        message.stop()
        self._arrived(message.value)

    @on(Kept)
    def leave_with(self, message: Kept) -> None:
        message.stop()
        self._keyboard.table = message.table
        many = len(message.table)
        self.say(
            f"{counted(many, 'sign')} will be mended in every scan."
            if many
            else "Keyboard and scanner agree: scans are taken as they arrive."
        )
        self.dismiss(True)  # noqa: FBT003 - the result, not an option

    def action_forget(self) -> None:
        self._keep({})

    def action_back(self) -> None:
        self._keyboard.table = self._before
        self.dismiss(False)  # noqa: FBT003 - as above

    def _arrived(self, text: str) -> None:
        self.query_one(Input).value = ""
        typed = [*self._typed, text]
        try:
            check(typed)
        except CalibrationError as error:
            self.say(str(error), "warning")
            return
        self._typed = typed
        if len(typed) == len(CODES):
            self._keep(learn(typed))
        else:
            self._ask_for_next()

    def _keep(self, table: dict[str, str]) -> None:
        self.ask(lambda bench: bench.preferences.set_keyboard(table), lambda _: self.Kept(table))

    def _ask_for_next(self) -> None:
        self.query_one("#next", Label).update(f"Code {len(self._typed) + 1} of {len(CODES)}:")
        self.query_one(Input).focus()

    @property
    def _keyboard(self) -> Keyboard:
        return cast("ScanningApp[object]", self.app).keyboard
