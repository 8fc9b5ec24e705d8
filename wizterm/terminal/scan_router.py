"""Scans go to the screen on top if it takes them; else they wait for the one below, and that is said."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from threading import Thread
from typing import Any, Protocol, TypeVar, runtime_checkable

from textual.app import ScreenStackError

from wizterm.terminal.app import SteadyApp
from wizterm.terminal.evdev import ScannerDevice
from wizterm.terminal.gate import Scanned

Result = TypeVar("Result")
MOST_HELD = 200
"""Scans that wait; whoever has fired so many at a question is told that no more are kept."""


@runtime_checkable
class TakesScans(Protocol):
    """A screen that does something with a scan."""

    def take_scan(self, scan: Scanned) -> None: ...


class ScanningApp(SteadyApp[Result]):
    REFUSING = "refuses_scans"
    """Set on a screen under which a scan waiting for later would surprise."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._held: deque[Scanned] = deque()

    def on_scanned(self, scan: Scanned) -> None:
        screen = self.screen
        if isinstance(screen, TakesScans):
            screen.take_scan(scan)
        elif getattr(screen, self.REFUSING, False) or len(self._held) >= MOST_HELD:
            self.bell()
            self.notify("This scan was not taken: finish here first, then scan it again.", severity="error")
        else:
            self._held.append(scan)
            self.bell()
            many = f"{len(self._held)} scans wait" if len(self._held) > 1 else "1 scan waits"
            self.notify(f"{many} until this is closed.", severity="warning")

    def read_scanner(self, path: str) -> None:
        """Read a device beside the terminal for as long as it is there."""
        Thread(target=self._read_scanner, args=(path,), name="scanner", daemon=True).start()

    def _read_scanner(self, path: str) -> None:
        words = f"The scanner {path} is gone: plug it in, and start again."
        try:
            with ScannerDevice(path) as device:
                for code in device.codes():
                    self.post_message(Scanned(code))
        except OSError as error:
            words = f"The scanner {path} cannot be read: {error.strerror}. Gain the right to read it, and start again."
        with suppress(RuntimeError):  # the app has ended
            self.call_from_thread(self.notify, words, severity="warning")

    def release_scans(self) -> None:
        """Let the screen on top take what waited for it."""
        try:
            screen = self.screen
        except ScreenStackError:  # an app that is closing has no screen
            return
        while self._held and isinstance(screen, TakesScans):
            screen.take_scan(self._held.popleft())
