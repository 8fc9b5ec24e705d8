"""The program ends when it is told to, even when its terminal or its loop no longer moves."""

import os
import signal
import sys
import time
from collections.abc import Callable
from threading import Lock, Thread
from types import FrameType

if sys.platform == "win32":
    ENDS: tuple[signal.Signals, ...] = (signal.SIGTERM,)
else:
    ENDS = (signal.SIGHUP, signal.SIGTERM)
GRACE = 2.0  # seconds for an orderly end
RESTORE = 0.3  # seconds for putting the terminal back when the orderly end failed
HANG_UP = 128 + 1  # what a shell reports for a program ended by SIGHUP


class Ending:
    """Asks the app to end and, after the grace, ends the process itself.

    The signals are taken by `signal.signal`: a handler of the event loop would never run while the loop is stuck.
    """

    def __init__(self, ask: Callable[[int], None], restore: Callable[[], None], grace: float = GRACE) -> None:
        self._ask = ask
        self._restore = restore
        self._grace = grace
        self._begun = Lock()
        self._before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}

    def take_signals(self) -> None:
        """Let HUP and TERM end the app; one that was ignored from the start (nohup) stays ignored."""
        for number in ENDS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._on_signal)

    def give_signals_back(self) -> None:
        while self._before:
            signal.signal(*self._before.popitem())

    def begin(self, return_code: int) -> None:
        """End the app with this code; asking twice changes nothing."""
        if self._begun.acquire(blocking=False):
            Thread(target=self._watch, args=(return_code,), name="ending", daemon=True).start()
            self._ask(return_code)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.begin(128 + number)

    def _watch(self, return_code: int) -> None:
        time.sleep(self._grace)
        last = Thread(target=self._restore, name="restore", daemon=True)
        last.start()
        last.join(RESTORE)
        os._exit(return_code)
