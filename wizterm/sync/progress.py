"""How far a refresh has come, and how long it will still take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import ceil


class Step(StrEnum):
    FETCHING = "Fetching the catalogue"
    UNPACKING = "Unpacking"
    CHECKING = "Checking"
    APPLYING = "Applying changes"
    PICTURES = "Fetching pictures"


@dataclass(frozen=True, slots=True)
class Progress:
    step: Step
    done: int
    """Bytes, or rows where changes are applied."""
    total: int
    per_second: float = 0.0

    @property
    def part(self) -> float:
        """From 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def seconds_left(self) -> float | None:
        """None where nothing can be said yet."""
        return max(0, self.total - self.done) / self.per_second if self.per_second > 0 else None


def still(seconds: float | None) -> str:
    """For people: 'a few seconds', '40 s', '3 min', '2 h'; empty where nothing can be said."""
    if seconds is None:
        return ""
    if seconds < 10:
        return "a few seconds"
    if seconds < 90:
        return f"{ceil(seconds / 10) * 10} s"
    minutes = ceil(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{ceil(minutes / 60)} h"


class Meter:
    """Tells the progress of one step, and how fast it goes since it began."""

    def __init__(
        self, step: Step, total: int, *, tell: Callable[[Progress], None], monotonic: Callable[[], float], had: int = 0
    ) -> None:
        """`had` was there before the step began, such as the part of a file."""
        self._step = step
        self._total = total
        self._tell = tell
        self._monotonic = monotonic
        self._had = had
        self._began = monotonic()

    def at(self, done: int, total: int | None = None) -> None:
        if total is not None:
            self._total = total
        seconds = self._monotonic() - self._began
        speed = (done - self._had) / seconds if seconds > 0 else 0.0
        self._tell(Progress(self._step, done, self._total, speed))
