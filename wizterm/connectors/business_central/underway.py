"""What may still be under way there: a request whose answer was lost goes on until Business Central ends it itself.

Before that, that something is not there says nothing. A file for each such errand outlives this process.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from wizterm.connectors.faults import NotDone
from wizterm.connectors.http import LONG

LONGEST = 600.0
"""Seconds until what stands before Business Central gives any request up, as it is published."""

_NUMBER = re.compile(r"\d+\.\d+")


class Underway:
    def __init__(self, folder: Path, now: Callable[[], float]) -> None:
        """`now` in epoch seconds: a request is remembered through a restart."""
        self._folder = folder
        self._now = now

    def begin(self, name: str) -> bool:
        """Before an errand that writes: False where another worker of this machine is at it, or just died at it."""
        if self._left(self._begun(name)):
            return False
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(self._begun(name), "x")
        except FileExistsError:
            return False
        except OSError as error:
            raise NotDone(f"{self._folder} cannot be written: {error.strerror}.", LONG) from error
        return True

    def end(self, name: str) -> None:
        """Every answer of the errand was heard."""
        self._begun(name).unlink(missing_ok=True)

    def lose(self, name: str) -> None:
        """The errand ends without an answer."""
        self._write(self._lost(name), "w")
        self.end(name)

    def forget(self, name: str) -> None:
        """What became of it is known."""
        self._lost(name).unlink(missing_ok=True)

    def left(self, name: str) -> float:
        """Seconds until nothing of an errand that was begun can be at work any more; 0 for none."""
        return max(self._left(self._begun(name)), self.lost_left(name))

    def lost_left(self, name: str) -> float:
        """The same, of one whose answer was lost."""
        return self._left(self._lost(name))

    def _left(self, file: Path) -> float:
        try:
            said = file.read_text(encoding="ascii", errors="replace")
            since = float(said) if _NUMBER.fullmatch(said) else file.stat().st_mtime  # cut off while it was written
        except FileNotFoundError:
            return 0.0
        left = min(since + LONGEST - self._now(), LONGEST)
        if left > 0:
            return left
        file.unlink(missing_ok=True)
        return 0.0

    def _write(self, file: Path, mode: str) -> None:
        with file.open(mode, encoding="ascii") as opened:
            opened.write(repr(self._now()))

    def _begun(self, name: str) -> Path:
        return self._folder / f"{name}.begun"

    def _lost(self, name: str) -> Path:
        return self._folder / f"{name}.lost"
