"""Two fields, a list whose letters are commands, a sheet, and what was scanned; `python scan_desk.py LOG SETTINGS`.

Every key that reaches a field, a binding or the sheet is in the log as `leak`, each scan as `scan`, and a pause within
a code as `torn`: a JSON list a line.
"""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from string import ascii_letters, digits
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Key
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from wizterm.terminal.app import SteadyApp
from wizterm.terminal.gate import Gate, Scanned
from wizterm.terminal.scan_settings import gate_settings

LETTERS = [Binding(",".join(ascii_letters + digits), "letter", "Letter", show=False)]
OTHERS = [Binding("enter,tab,ctrl+j,ctrl+d,ctrl+right_square_bracket,escape", "letter", "Other", show=False)]


class List(Vertical, can_focus=True):
    BINDINGS: ClassVar = [*LETTERS, *OTHERS]

    def action_letter(self) -> None:
        self.app.write("leak", "list")


class Field(Input):
    BINDINGS: ClassVar = OTHERS

    def action_letter(self) -> None:
        self.app.write("leak", "field")


class Sheet(ModalScreen[None]):
    BINDINGS: ClassVar = [Binding("f8", "dismiss")]

    def compose(self) -> ComposeResult:
        yield Label("sheet open")
        yield Field(id="inside")


class Watched:
    """A gate that tells of pauses within a code, which tear it: the scanner of these tests makes none."""

    def __init__(self, gate: Gate, longest: float, tell: Callable[[str, str], None]) -> None:
        self._gate = gate
        self._longest = longest
        self._tell = tell
        self._last: tuple[str, float] = ("enter", 0.0)

    @property
    def wait(self) -> float:
        return self._gate.wait

    def feed(self, message: Message, at: float) -> Iterable[Message]:
        if isinstance(message, Key):
            before, when = self._last
            if before != "enter" and at - when > self._longest:
                self._tell("torn", f"{at - when:.3f}")
            self._last = (message.key, at)
        return self._gate.feed(message, at)

    def tick(self) -> Iterable[Message]:
        return self._gate.tick()


class ScanDesk(SteadyApp[None]):
    BINDINGS: ClassVar = [
        Binding("f2", "focus('search')"),
        Binding("f3", "focus('list')"),
        Binding("f4", "sheet"),
        Binding("f6", "say", priority=True),
        Binding("f7", "leave"),
    ]

    def __init__(self, log: Path, **options) -> None:
        super().__init__(**options)
        self.log_file = log.open("a", buffering=1)

    def scan_gate(self) -> Gate:
        return Watched(super().scan_gate(), self._scanner.first_gap, self.write)

    def compose(self) -> ComposeResult:
        yield Label("ready", id="said")
        yield Field(id="search")
        with List(id="list"):
            yield Label("a list")

    def on_scanned(self, event: Scanned) -> None:
        self.write("scan", event.text)

    def write(self, kind: str, what: str) -> None:
        self.log_file.write(json.dumps([kind, what]) + "\n")

    def action_sheet(self) -> None:
        self.push_screen(Sheet())

    def action_say(self) -> None:
        """What stands in the fields is a leak too."""
        for screen in self.screen_stack:
            for field in screen.query(Input):
                if field.value:
                    self.write("leak", field.value)
                    field.value = ""
        self.write("said", "")

    def action_leave(self) -> None:
        self.action_say()
        self.exit()


if __name__ == "__main__":
    settings = {"prefix": "f9", "suffixes": "enter, tab, eot", "timing": "auto", "patterns": "", "separators": ""}
    given = json.loads(sys.argv[2])
    given["patterns"] = given.get("patterns", "").split()
    ScanDesk(Path(sys.argv[1]), scanner=gate_settings(**{**settings, "remote": False, **given})).run()
