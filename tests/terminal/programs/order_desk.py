"""An input, a log of what was submitted, and a second screen; `python order_desk.py steady|plain`."""

import sys
import time
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Label

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
    ]

    def compose(self) -> ComposeResult:
        yield Label("ready", id="log")
        yield Input(id="first")
        yield Input(id="next")

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
        self.tell("stuck")
        self.call_after_refresh(time.sleep, 60)

    def tell(self, words: str) -> None:
        self.submitted.append(words)
        self.screen_stack[0].query_one("#log", Label).update("submitted: " + " ".join(self.submitted))


class SteadyDesk(Desk, SteadyApp):
    pass


class PaintingDesk(SteadyDesk):
    """Paints as fast as it can, so that a stalled terminal is full at once."""

    def on_mount(self) -> None:
        self.frames = 0
        self.set_interval(1 / 100, self.paint)

    def paint(self) -> None:
        self.frames += 1
        for label in self.query(Label):
            label.update(f"frame {self.frames} " * 100)


if __name__ == "__main__":
    kinds = {"steady": SteadyDesk, "plain": Desk, "painting": PaintingDesk}
    app = kinds[sys.argv[1]]()
    app.run()
    sys.exit(app.return_code)
