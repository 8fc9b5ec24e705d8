"""A field that waits for somebody to type; `python waiting_input.py`."""

from textual.app import ComposeResult
from textual.widgets import Input

from tests.terminal.programs.marking import Marking


class WaitingInput(Marking):
    def compose(self) -> ComposeResult:
        yield Input(placeholder="waiting")


if __name__ == "__main__":
    WaitingInput().run()
