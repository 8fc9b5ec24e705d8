"""A program in a real pseudo-terminal, whose screen a test can read."""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

import pyte

from tests.support.patience import HANG_GUARD

ROOT = Path(__file__).parents[2]
UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>][\d;]*u|\x1b\[\?[\d;]*\$p")
ATTACH = 'exec "$@" <>"$0" >&0 2>&0'
IGNORING_HANG_UP = f"trap '' HUP; {ATTACH}"


def _hear_signals() -> None:
    """A suite under nohup, or behind `&`, hands its deafness on, and a shell cannot take it back."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class HungError(AssertionError):
    """What a test waited for did not come."""


class PtyTerminal:
    """Starts a program on a terminal of its own; use as a context manager."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        columns: int = 80,
        lines: int = 24,
        ignore_hang_up: bool = False,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.output = bytearray()
        self._stream = pyte.ByteStream(self.screen)
        self._master, self._slave = os.openpty()
        self._set_size(columns, lines)
        self._process = subprocess.Popen(
            # A session leader without a terminal takes the first one it opens.
            ["/bin/sh", "-c", IGNORING_HANG_UP if ignore_hang_up else ATTACH, os.ttyname(self._slave), *command],
            start_new_session=True,
            preexec_fn=_hear_signals,  # noqa: PLW1509 - it calls nothing that a lock of another thread could hold
            cwd=ROOT,
            env={**_clean_environment(), **(environment or {})},
        )

    @classmethod
    def python(cls, *arguments: str | Path, **options) -> Self:
        return cls([sys.executable, *arguments], **options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            os.kill(self._process.pid, signal.SIGKILL)
            self._process.wait()
        for descriptor in (self._master, self._slave):
            if descriptor >= 0:
                os.close(descriptor)
        self._master = self._slave = -1

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def send(self, content: bytes) -> None:
        """Type all of it at once."""
        os.write(self._master, content)

    def shows(self, words: str) -> None:
        """Wait until the words are on the screen."""
        self.until(lambda screen: words in screen, f"{words!r} on the screen")

    def until(self, condition: Callable[[str], bool], wanted: str = "the condition") -> None:
        """Wait until the condition holds for the screen's text."""
        deadline = time.monotonic() + HANG_GUARD
        while not condition(self.text):
            gone = self._process.poll() is not None  # asked first: what it wrote before its end is read after
            if (not self._receive(0.2) and gone) or time.monotonic() > deadline:
                raise HungError(
                    f"Waited for {wanted}; the process is {self._state()} and the screen shows:\n{self.text}"
                )

    def rest(self, quiet: float = 0.4) -> None:
        """Read until nothing has come for this long."""
        deadline = time.monotonic() + HANG_GUARD
        while self._receive(quiet):
            if time.monotonic() > deadline:
                raise HungError(f"The output does not rest; the screen shows:\n{self.text}")

    def read_for(self, seconds: float) -> None:
        """Read what the program sends meanwhile, for at most this long."""
        self._receive(seconds)

    def resize(self, columns: int, lines: int) -> None:
        self.screen.resize(lines, columns)
        self._set_size(columns, lines)
        os.killpg(self.pid, signal.SIGWINCH)

    def hang_up(self) -> None:
        """Close the terminal's own end, as a lost connection does."""
        os.close(self._master)
        self._master = -1

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def stall(self) -> None:
        """Read nothing until the program's output has filled the line: no more fits in its buffer."""
        deadline = time.monotonic() + HANG_GUARD
        before, waiting = -1, 0
        while (before < waiting or not waiting) and time.monotonic() < deadline:
            time.sleep(0.3)
            before, waiting = waiting, _readable(self._master)

    def ended(self, *, reading: bool = True, guard: float = HANG_GUARD) -> int:
        """Wait for the end of the process; its return code. Without reading, the terminal stays stalled."""
        deadline = time.monotonic() + guard
        while (code := self._process.poll()) is None:
            if time.monotonic() > deadline:
                raise HungError(f"The process has not ended; the screen shows:\n{self.text}")
            if not (reading and self._master >= 0 and self._receive(0.05)):
                time.sleep(0.02)
        while reading and self._master >= 0 and self._receive(0):
            pass
        return code

    def _receive(self, timeout: float) -> bool:
        if not select.select([self._master], [], [], timeout)[0]:
            return False
        try:
            content = os.read(self._master, 65536)
        except OSError:  # the program has closed its side
            return False
        self._close_slave()
        self.output += content
        self._stream.feed(UNKNOWN_TO_PYTE.sub(b"", content))
        return True

    def _close_slave(self) -> None:
        """The program has its own by the time it writes; ours would keep the terminal from ending."""
        if self._slave >= 0:
            os.close(self._slave)
            self._slave = -1

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def _state(self) -> str:
        code = self._process.poll()
        return "alive" if code is None else f"gone with code {code}"


def _readable(descriptor: int) -> int:
    return struct.unpack("i", fcntl.ioctl(descriptor, termios.FIONREAD, b"\0" * 4))[0]


def _clean_environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
