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
        """Before an errand that writes: False where another worker of this machine is at it."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._file(name).open("x", encoding="ascii") as file:
                file.write(repr(self._now()))
        except FileExistsError:
            return False
        except OSError as error:
            raise NotDone(f"{self._folder} cannot be written: {error.strerror}.", LONG) from error
        return True

    def end(self, name: str) -> None:
        """Every answer of the errand was heard."""
        self._file(name).unlink(missing_ok=True)

    def left(self, name: str) -> float:
        """Seconds until nothing of an errand whose answer was lost can be at work any more; 0 for none."""
        begun = self._begun(name)
        if begun is None:
            return 0.0
        left = min(begun + LONGEST - self._now(), LONGEST)
        if left > 0:
            return left
        self.end(name)
        return 0.0

    def _begun(self, name: str) -> float | None:
        """By the file's own time where it was cut off while it was written."""
        file = self._file(name)
        try:
            said = file.read_text(encoding="ascii", errors="replace")
            return float(said) if _NUMBER.fullmatch(said) else file.stat().st_mtime
        except FileNotFoundError:
            return None

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.asked"
