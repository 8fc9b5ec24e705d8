"""A program in a pseudo-terminal: what it sends is counted and timed, and not drawn."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

HANG_GUARD = 60.0


class RawTerminal:
    """Starts a Python program; use as a context manager."""

    def __init__(self, arguments: Sequence[str], *, columns: int, lines: int) -> None:
        self.output = bytearray()
        self.begun = time.perf_counter()
        self.pid, self._line = pty.fork()
        if not self.pid:
            _size(0, columns, lines)
            environment = os.environ | {"TERM": "xterm-256color", "PYTHONPATH": str(Path.cwd())}
            os.execve(sys.executable, [sys.executable, *arguments], environment)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._line)

    def sent(self, text: str) -> float:
        """Wait for the text; gives the milliseconds since the start."""
        end = time.perf_counter() + HANG_GUARD
        while text.encode() not in self.output:
            if not self._receive(HANG_GUARD) or time.perf_counter() > end:
                raise AssertionError(f"expected {text!r} from the program, got {bytes(self.output[-2000:])!r}")
        return (time.perf_counter() - self.begun) * 1000

    def type(self, text: str) -> None:
        os.write(self._line, text.encode())

    def bytes_for(self, key: str, quiet: float = 0.3) -> int:
        """How much comes after a key, until nothing has come for so many seconds."""
        before = len(self.output)
        self.type(key)
        self.rest(quiet)
        return len(self.output) - before

    def answer_to(self, key: str, quiet: float = 0.15) -> tuple[float, float]:
        """Milliseconds until the first byte and until the last one that a key leads to."""
        begun = last = time.perf_counter()
        first = 0.0
        self.type(key)
        while self._receive(quiet):
            last = time.perf_counter()
            first = first or last
        return (first - begun) * 1000, (last - begun) * 1000

    def rest(self, quiet: float) -> None:
        end = time.perf_counter() + HANG_GUARD
        while self._receive(quiet):
            if time.perf_counter() > end:
                raise AssertionError("expected the program to fall silent; it goes on sending")

    def _receive(self, seconds: float) -> bool:
        if not select.select([self._line], [], [], seconds)[0]:
            return False
        try:
            self.output += os.read(self._line, 65_536)
        except OSError:  # the program has ended
            return False
        return True


def _size(descriptor: int, columns: int, lines: int) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
