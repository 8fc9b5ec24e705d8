"""The app that every one of our screens runs in."""

import asyncio
import sys
from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from rich.console import RenderableType
from textual import constants, events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, TextArea
from textual.worker import WorkerFailed

from wizterm.terminal.gate import Gate, KeyOnTrial, OpenGate, ScanGate, Scanned, TrialOver
from wizterm.terminal.keyboard import Keyboard
from wizterm.terminal.pasting import LONGEST
from wizterm.terminal.pump import KeyPump
from wizterm.terminal.scan_machine import ScanMachine
from wizterm.terminal.scan_settings import GateSettings
from wizterm.terminal.too_small import fits, frame
from wizterm.terminal.trial import Trial

Result = TypeVar("Result")


class SteadyApp(App[Result]):
    """An app that keeps its keys in order and its feet on a bad terminal."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "pass_over", show=False, system=True)]
    """A barcode can contain ctrl+q, so it does not quit."""

    IN_ORDER: ClassVar[tuple[type[events.Event], ...]] = (events.Key, events.Paste, KeyOnTrial, TrialOver, Scanned)
    """What a person or a scanner enters and the pump keeps in order."""

    fault: BaseException | None = None
    """What ended the app without being asked; whoever runs it says so when the terminal is back."""

    def __init__(self, *, scanner: GateSettings | None = None, **options: Any) -> None:
        """`scanner` says how scans are told from typing; without it nothing is a scan."""
        super().__init__(**options)
        self._scanner = scanner
        self.keyboard = Keyboard()
        """What is mended in every scan."""
        self._keys = KeyPump(self, ready=self.ready_for_keys)
        self._trial = Trial(self)
        self._gate: Gate | None = None
        self._tick: asyncio.TimerHandle | None = None

    def scan_gate(self) -> Gate:
        """What stands between the parsed keys and the app; called once by each input thread."""
        return ScanGate(ScanMachine(self._scanner, self.keyboard)) if self._scanner else OpenGate()

    def get_driver_class(self) -> type[Driver]:
        if sys.platform != "win32" and constants.DRIVER is None:
            from wizterm.terminal.driver import SteadyDriver  # noqa: PLC0415 - termios does not exist on Windows

            return SteadyDriver
        return super().get_driver_class()

    async def on_event(self, event: events.Event) -> None:
        """Send what is entered through the pump, and nowhere while it cannot be seen."""
        due: events.Event | None = event
        if isinstance(event, (events.InputEvent, *self.IN_ORDER)) and not event.is_forwarded:
            if not fits(self.size):
                return
            if isinstance(event, events.Key):
                _leave_alt_to_commands(event)
            if isinstance(event, self.IN_ORDER):
                due = self._due(event)
        if due is not None:
            await super().on_event(due)

    def _due(self, event: events.Event) -> events.Event | None:
        """What is to be handled now, if anything."""
        if not self._keys.is_due(event):
            self._put_in_line(self._own_gate.feed(event, event.time))
            return None
        if isinstance(event, KeyOnTrial):
            return event.key if self._trial.admits(event.key) else None
        if isinstance(event, TrialOver):
            self._keys.put_first(self._trial.over())
            return None
        if isinstance(event, Scanned):
            self._trial.take_back()
        return event

    def _put_in_line(self, entered: Iterable[Message]) -> None:
        """What came through the gate; and the gate looks again when it wants to, even if nothing comes."""
        for event in entered:
            if isinstance(event, Scanned):
                self._keys.drop_last(KeyOnTrial)
            if isinstance(event, events.Event):
                self._keys.put(event)
        if self._tick is not None:
            self._tick.cancel()
        gate = self._own_gate
        if isinstance(gate, ScanGate):
            self._tick = asyncio.get_running_loop().call_later(gate.wait, lambda: self._put_in_line(gate.tick()))

    @property
    def _own_gate(self) -> Gate:
        """The app's, open where the input thread of our driver has one."""
        if self._gate is None:
            self._gate = OpenGate() if getattr(self._driver, "has_gate", False) else self.scan_gate()
        return self._gate

    async def ready_for_keys(self) -> None:
        """Return once a screen is there that keys are meant for; until then they wait."""

    async def keys_handled(self) -> None:
        """Wait until every key that came has been handled."""
        await self._keys.all_handled()

    def action_pass_over(self) -> None:
        """Do nothing."""

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A blinking cursor costs 250 bytes a second over SSH."""
        if hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False

    def on_paste_cut(self) -> None:
        """Say it where the paste went into a field; elsewhere nothing was taken."""
        if isinstance(self.focused, (Input, TextArea)):
            self.notify(f"That paste is too long: its first {LONGEST:,} characters were taken.", severity="warning")

    def on_unmount(self) -> None:
        self._keys.stop()
        if self._tick is not None:
            self._tick.cancel()

    def _handle_exception(self, error: Exception) -> None:
        if self.fault is None:
            self.fault = error.error if isinstance(error, WorkerFailed) else error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End, and print nothing: a screen of local variables would show the customers' data to whoever looks on."""
        self._close_messages_no_wait()

    async def _press_keys(self, keys: Iterable[str]) -> None:
        await super()._press_keys(keys)
        await self.keys_handled()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if fits(self.size) or self._driver is None:
            super()._display(screen, renderable)
        else:
            self._driver.write(frame(self.size))


def _leave_alt_to_commands(key: events.Key) -> None:
    """Textual gives Alt+W the character w, and a field that has the focus would type it before any binding is asked.

    A letter that is made with Alt (ß on some keyboards) comes as a key of its own name, and is typed.
    """
    if key.key.startswith("alt+"):
        key.character = None
