"""A search field over an OptionList, as Textual's own parts make it. The argument is a file with one row a line."""

import sys
from pathlib import Path

from textual import events, on
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

ROWS = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
SHOWN = 60


class Page(Screen[None]):
    BINDINGS = (("escape", "dismiss", "Back"),)

    def compose(self) -> ComposeResult:
        yield Static("One of them")
        yield OptionList(*ROWS[:SHOWN])


class SearchApp(App[None]):
    BINDINGS = (("f5", "open", "Open"),)
    CSS = "OptionList { height: 1fr; }"

    def compose(self) -> ComposeResult:
        search = Input(placeholder="Search")
        search.cursor_blink = False
        yield search
        yield OptionList(*ROWS[:SHOWN])
        yield Static("ready")

    @on(Input.Changed)
    def search(self, message: Input.Changed) -> None:
        found = [row for row in ROWS if message.value.casefold() in row.casefold()]
        self.query_one(OptionList).clear_options().add_options(found[:SHOWN])

    def action_open(self) -> None:
        self.push_screen(Page())

    def on_key(self, event: events.Key) -> None:
        """Up and down move the list's cursor while the field keeps the focus."""
        rows = self.query_one(OptionList)
        if event.key == "down":
            rows.action_cursor_down()
        elif event.key == "up":
            rows.action_cursor_up()


SearchApp().run()
