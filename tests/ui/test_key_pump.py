"""The key pump under Pilot, where keys are posted in bursts that no person could type."""

import asyncio
from typing import ClassVar

import pytest
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from tests.support.patience import HANG_GUARD
from wizterm.terminal.app import SteadyApp
from wizterm.terminal.pump import KeyPump


class Modal(ModalScreen[str]):
    def compose(self) -> ComposeResult:
        yield Input()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.dismiss(message.value)


class Pane(Vertical):
    async def on_input_submitted(self, message: Input.Submitted) -> None:
        """Takes its time, as a handler may."""
        await asyncio.sleep(0.02)
        message.input.clear()


class Till(SteadyApp[None]):
    BINDINGS: ClassVar = [
        ("f2", "push", "Push"),
        ("f3", "ask", "Ask"),
        ("f5", "wait", "Wait"),
        ("f7", "focus('second')", "Second"),
        ("f8", "quit", "Quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.submitted: list[str] = []
        self.told = asyncio.Event()
        self.gate_open = asyncio.Event()

    def compose(self) -> ComposeResult:
        yield Label()
        with Pane():
            yield Input(id="first", select_on_focus=False)
            yield Input(id="second", select_on_focus=False)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        self.submitted.append(message.value)
        self.told.set()

    async def action_push(self) -> None:
        await self.push_screen(Modal(), self.submitted.append)

    def action_ask(self) -> None:
        self.run_worker(self._ask())

    async def _ask(self) -> None:
        self.submitted.append(await self.push_screen_wait(Modal()))

    async def action_wait(self) -> None:
        await self.gate_open.wait()


def burst(app, *keys):
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


@pytest.fixture
def till():
    return Till()


async def test_a_burst_with_enter_is_submitted_in_two_parts(till):
    async with till.run_test():
        burst(till, *"abc", "enter", *"def", "enter")
        await till.keys_handled()
        assert till.submitted == ["abc", "def"]


async def test_letters_after_backspace_come_after_it(till):
    async with till.run_test():
        burst(till, *"abc", "backspace", "d")
        await till.keys_handled()
        assert till.query_one("#first", Input).value == "abd"


async def test_a_focus_change_takes_the_letters_after_it(till):
    async with till.run_test():
        burst(till, "a", "f7", "b", "tab", "shift+tab", "c")
        await till.keys_handled()
        assert [till.query_one(field, Input).value for field in ("#first", "#second")] == ["a", "bc"]


@pytest.mark.parametrize("opens", ["f2", "f3"], ids=["pushed", "awaited by a worker"])
async def test_a_dialogue_gets_the_letters_after_the_key_that_opened_it(till, opens):
    async with till.run_test():
        burst(till, "x", opens, *"abc", "enter", "y", "enter")
        await till.keys_handled()
        assert till.submitted == ["abc", "xy"]


async def test_a_pilot_press_is_handled_when_it_returns(till):
    async with till.run_test() as pilot:
        await pilot.press(*"abc", "enter", "d")
        assert till.submitted == ["abc"]
        assert till.query_one("#first", Input).value == "d"


async def test_a_handler_that_never_ends_does_not_hold_the_keys_for_ever(till):
    till._keys = KeyPump(till, patience=0.05)
    async with till.run_test():
        burst(till, "f5", *"abc")
        await till.keys_handled()
        till.gate_open.set()
        await till.keys_handled()
        burst(till, "enter")
        await asyncio.wait_for(till.told.wait(), HANG_GUARD)  # the pump itself has no patience here
        assert till.submitted == ["abc"]


async def test_keys_after_the_one_that_quits_are_dropped(till):
    async with till.run_test() as pilot:
        burst(till, "f8", *"abc", "enter")
        await pilot.pause()
        assert till.submitted == []
    assert not till.is_running


async def test_ctrl_q_does_not_quit(till):
    async with till.run_test() as pilot:
        await pilot.press("ctrl+q", "a")
        assert till.query_one("#first", Input).value == "a"


async def test_a_terminal_too_small_to_see_takes_no_keys(till):
    async with till.run_test() as pilot:
        await pilot.press("a")
        await pilot.resize_terminal(59, 24)
        await pilot.press("b")
        await pilot.resize_terminal(60, 16)
        await pilot.press("c")
        assert till.query_one("#first", Input).value == "ac"
