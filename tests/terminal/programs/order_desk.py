"""An input, a log of what was submitted, and a second screen; `python order_desk.py steady|plain`."""

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.events import Key
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Label

from wizterm.terminal import output
from wizterm.terminal.app import SteadyApp


class Second(Screen):
    BINDINGS: ClassVar = [Binding("escape", "app.pop_screen", "Back")]

    def compose(self) -> ComposeResult:
        yield Label("second screen")
        yield Input(id="there")


class Question(ModalScreen[str]):
    def compose(self) -> ComposeResult:
        yield Input(id="answer")

    def on_input_submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.dismiss(message.value)


class Desk(App):
    BINDINGS: ClassVar = [
        Binding("f2", "second", "Second"),
        Binding("f4", "ask", "Ask"),
        Binding("f8", "stick", "Stick"),
        Binding("f6", "paint", "Paint"),
    ]

    def compose(self) -> ComposeResult:
        yield Label("ready", id="log")
        yield Input(id="first")
        yield Input(id="next")
        yield Label(id="wall")

    def on_mount(self) -> None:
        self.submitted: list[str] = []

    def on_unmount(self) -> None:
        if len(sys.argv) > 2:
            Path(sys.argv[2]).write_text("left in good order")

    def on_input_submitted(self, message: Input.Submitted) -> None:
        self.tell(f"{message.input.id}={message.value}")
        message.input.value = ""

    def action_second(self) -> None:
        self.push_screen(Second())

    @work
    async def action_ask(self) -> None:
        self.tell(f"answer={await self.push_screen_wait(Question())}")

    def action_stick(self) -> None:
        """Block the loop, and say so past the loop."""
        os.write(sys.__stderr__.fileno(), b"\x1b[24;1Hstuck")
        time.sleep(60)

    def action_paint(self) -> None:
        """Change every line in each of 60 frames, far more than any buffer holds."""
        self.painted = 0
        self.painting = self.set_interval(1 / 60, self.paint)

    def paint(self) -> None:
        self.painted += 1
        self.query_one("#wall", Label).update("\n".join(f"{self.painted} {line} " * 8 for line in range(15)))
        if self.painted == 60:
            self.painting.stop()
            self.tell("painted")
            Path(sys.argv[2]).with_suffix(".painted").touch()

    def tell(self, words: str) -> None:
        self.submitted.append(words)
        self.screen_stack[0].query_one("#log", Label).update("submitted: " + " ".join(self.submitted))


class SteadyDesk(Desk, SteadyApp):
    """Falls behind a stalled terminal after a few frames, so that a test need not wait for many."""

    def on_load(self) -> None:
        output.BACKLOG = 8 * 1024


class HoldingGate:
    """Holds every key until a tick, and then lets them out in the opposite order."""

    wait = 0.02

    def __init__(self) -> None:
        self.held: list[Message] = []

    def feed(self, message: Message, at: float) -> Iterable[Message]:
        if not isinstance(message, Key):
            return (message,)
        self.held.append(message)
        return ()

    def tick(self) -> Iterable[Message]:
        if not any(key.character == "!" for key in self.held):
            return ()
        held, self.held = self.held, []
        return held[::-1]


class GatedDesk(SteadyDesk):
    def scan_gate(self) -> HoldingGate:
        return HoldingGate()


if __name__ == "__main__":
    kinds = {"steady": SteadyDesk, "plain": Desk, "gated": GatedDesk}
    app = kinds[sys.argv[1]]()
    app.run()
    sys.exit(app.return_code)
