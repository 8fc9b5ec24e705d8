"""Where Textual's own drivers run (browser, Windows, tests) the app tells scans from typing itself."""

import time
from typing import ClassVar

import pytest
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label

from tests.support.patience import until
from wizterm.terminal.app import SteadyApp
from wizterm.terminal.gate import Gate, ScanGate
from wizterm.terminal.scan_machine import ScanMachine
from wizterm.terminal.scan_settings import GateSettings

EAN = "9520000000059"
BETWEEN_KEYS = 0.001
"""Seconds."""


class Shelf(Vertical, can_focus=True):
    BINDINGS: ClassVar = [("9,5,2,0,a,q", "count", "Count")]

    counted = 0

    def action_count(self) -> None:
        self.counted += 1


class Till(SteadyApp[None]):
    def __init__(self, settings: GateSettings) -> None:
        super().__init__(scanner=settings)
        self.machine = ScanMachine(settings)
        self.scans: list[str] = []

    def scan_gate(self) -> Gate:
        return ScanGate(self.machine)

    def compose(self) -> ComposeResult:
        yield Input("kept", id="field", select_on_focus=True)
        with Shelf():
            yield Label()

    def on_scanned(self, event) -> None:
        self.scans.append(event.text)

    @property
    def field(self) -> Input:
        return self.query_one(Input)


@pytest.fixture
def till():
    return Till(GateSettings())


def fire(app, keys, *, prefix=()):
    """As fast as a scanner does, however slow this machine is just now."""
    began = time.monotonic()
    for place, key in enumerate((*prefix, *keys, "enter")):
        event = events.Key(key, key if len(key) == 1 else None)
        event.time = began + place * BETWEEN_KEYS
        app.post_message(event)


async def settled(app):
    """Wait until nothing is on trial any more, and all that was entered has been handled."""
    await app.keys_handled()
    await until(lambda: app.machine.deadline is None)
    await app.keys_handled()


@pytest.mark.parametrize("prefix", [("f9",), ()], ids=["with a prefix", "without"])
async def test_a_scan_leaves_the_field_as_it_was(till, prefix):
    async with till.run_test():
        before = till.field.selection
        fire(till, EAN, prefix=prefix)
        await settled(till)
        assert (till.scans, till.field.value, till.field.selection) == ([EAN], "kept", before)


@pytest.mark.parametrize("prefix", [("f9",), ()], ids=["with a prefix", "without"])
async def test_no_letter_of_a_scan_is_a_command(till, prefix):
    async with till.run_test():
        till.query_one(Shelf).focus()
        fire(till, EAN, prefix=prefix)
        await settled(till)
        assert (till.scans, till.query_one(Shelf).counted) == ([EAN], 0)


async def test_a_field_shows_each_key_at_once(till):
    async with till.run_test():
        till.post_message(events.Key("a", "a"))
        await till.keys_handled()
        assert till.field.value == "a"


async def test_a_command_comes_when_no_other_key_has_followed(till):
    async with till.run_test():
        till.query_one(Shelf).focus()
        till.post_message(events.Key("a", "a"))
        await settled(till)
        assert till.query_one(Shelf).counted == 1


async def test_words_typed_fast_are_typed(till):
    async with till.run_test():
        fire(till, "heart")
        await settled(till)
        assert (till.scans, till.field.value) == ([], "heart")


async def test_keys_withheld_come_before_those_that_came_later(till):
    async with till.run_test():
        fire(till, ["a", "b", "c", "d", "ctrl+u", "x"])
        await settled(till)
        assert till.field.value == "x"


async def test_a_pasted_code_is_a_scan_and_other_text_is_not(till):
    async with till.run_test():
        till.post_message(events.Paste(f"{EAN}\r\n"))
        till.post_message(events.Paste("two words"))
        await settled(till)
        assert (till.scans, till.field.value) == ([EAN], "two words")


async def test_dc1_in_a_scan_does_not_quit(till):
    async with till.run_test():
        fire(till, [*"1234", "ctrl+q", *"56"], prefix=["f9"])
        await settled(till)
        assert till.scans == ["1234\x1156"]
        assert till.is_running


@pytest.mark.parametrize("key", ["alt+w", "alt+shift+w"])
async def test_a_letter_with_alt_is_a_command_and_never_typed(till, key):
    async with till.run_test():
        till.field.focus()
        till.post_message(events.Key(key, key[-1]))
        await settled(till)
        assert till.field.value == "kept"
