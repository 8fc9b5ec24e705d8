"""Textual's driver for Linux and macOS, made to outlive what terminals do."""

import os
import select
import selectors
import sys
import termios
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from wizterm.terminal.ending import HANG_UP, Ending
from wizterm.terminal.output import Output
from wizterm.terminal.reader import Reader

if TYPE_CHECKING:
    from wizterm.terminal.app import SteadyApp

assert sys.platform != "win32"  # for what checks types: it has no termios

TICK = 0.1  # seconds; a lone Escape is one after this long
DRAIN = 1.0  # seconds a terminal gets at the end to take what waits for it
LEAVE = b"\x18\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
"""Cancel a half-written sequence, then paste, wrap, mouse, keyboard, screen, cursor and focus as a shell wants them."""


class SteadyDriver(LinuxDriver):
    """Reads anything, never blocks the app on writing, and ends with its terminal."""

    _app: "SteadyApp[Any]"
    has_gate = True
    """What it sends has passed the scan gate."""

    def __init__(
        self,
        app: "SteadyApp[Any]",
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._screen = _screen_descriptor()
        self._output = Output(self._screen, self._repaint)
        self._leaving = False
        self._ending = Ending(self._ask_to_exit, self._restore)

    def start_application_mode(self) -> None:
        self._leaving = False
        self._output = Output(self._screen, self._repaint)
        self._output.start()
        self._ending.take_signals()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual gives it no types

    def stop_application_mode(self) -> None:
        self._leaving = True
        super().stop_application_mode()

    def close(self) -> None:
        super().close()
        self._output.close(DRAIN)
        self._ending.give_signals_back()

    def write(self, data: str) -> None:
        self._output.write(data, keep=self._leaving)

    def run_input_thread(self) -> None:
        """Read until the driver stops or the terminal is gone.

        Keys count as come when they may have come at the earliest: how long this thread was kept from reading them
        says nothing about who typed them.
        """
        reader, gate = Reader(debug=self._debug), self._app.scan_gate()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                began, patience = time.monotonic(), min(TICK, gate.wait)
                come = bool(selector.select(patience))
                at = min(time.monotonic(), began + patience)
                if come:
                    chunk = self._read()
                    if not chunk:
                        self._ending.begin(HANG_UP)
                        return
                    self._pass_on(gate.feed(message, at) for message in reader.feed(chunk))
                self._pass_on(gate.feed(message, at) for message in reader.tick())
                if not come:
                    self._pass_on([gate.tick()])

    def _pass_on(self, groups: Iterable[Iterable[Message]]) -> None:
        for messages in groups:
            for message in messages:
                self.process_message(message)

    def _read(self) -> bytes:
        """What came from the terminal; nothing when it is gone."""
        try:
            return os.read(self.fileno, 4096)
        except OSError:  # EIO: it was hung up
            return b""

    def _ask_to_exit(self, return_code: int) -> None:
        with suppress(RuntimeError):  # a closed loop has ended already
            self._loop.call_soon_threadsafe(partial(self._app.exit, return_code=return_code))

    def _repaint(self) -> None:
        """Paint everything, for frames were dropped."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._app.refresh)

    def _restore(self) -> None:
        """Put the terminal back as far as it still takes anything."""
        with suppress(OSError, termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            termios.tcflush(self._screen, termios.TCOFLUSH)
            if select.select([], [self._screen], [], 0)[1]:
                os.write(self._screen, LEAVE)


def _screen_descriptor() -> int:
    """Standard error as Textual has it, or standard output when only that is a terminal (`2>log`)."""
    error, output = sys.__stderr__, sys.__stdout__
    if error is not None and error.isatty():
        return error.fileno()
    return output.fileno() if output is not None and output.isatty() else 2
