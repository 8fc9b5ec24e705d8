"""Writing to the terminal from a thread, so that a terminal which stops reading stops nothing else."""

import os
import select
from collections.abc import Callable
from threading import Condition, Thread

BACKLOG = 256 * 1024  # characters: some five full frames at 200x60


class Output(Thread):
    """Writes in order; when the terminal falls behind, frames are dropped and one repaint asked for.

    It writes to the descriptor itself: a thread stuck inside a Python file object would keep its lock, and the
    interpreter could not end.
    """

    def __init__(self, descriptor: int, caught_up: Callable[[], None]) -> None:
        super().__init__(name="terminal-output", daemon=True)
        self._descriptor = descriptor
        self._caught_up = caught_up
        self._changed = Condition()
        self._pieces: list[str] = []
        self._backlog = 0
        self._behind = False
        self._gone = False
        self._closing = False

    def write(self, text: str, *, keep: bool) -> None:
        """Queue text and return at once; what is not to be kept is dropped while the terminal is behind."""
        with self._changed:
            self._behind = self._behind or self._backlog > BACKLOG
            if self._gone or (self._behind and not keep):
                return
            self._pieces.append(text)
            self._backlog += len(text)
            self._changed.notify()

    def close(self, timeout: float) -> None:
        """Let the thread write what waits, but no longer than this many seconds."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self.is_alive():
            self.join(timeout)

    def run(self) -> None:
        while text := self._next():
            try:
                self._send(text.encode("utf-8", "replace"))
            except OSError:
                self._gone = True  # the input thread reads the end of file and ends the app
                return
            if self._has_caught_up(len(text)):
                self._caught_up()

    def _next(self) -> str:
        with self._changed:
            self._changed.wait_for(lambda: self._pieces or self._closing)
            text = "".join(self._pieces)
            self._pieces.clear()
            return text

    def _send(self, content: bytes) -> None:
        rest = memoryview(content)
        while rest:
            try:
                rest = rest[os.write(self._descriptor, rest) :]
            except BlockingIOError:  # the shell left the terminal non-blocking
                select.select([], [self._descriptor], [])

    def _has_caught_up(self, written: int) -> bool:
        with self._changed:
            self._backlog -= written
            if not self._behind or self._pieces:
                return False
            self._behind = False
            return True
