"""How long to leave a server alone that does not answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

Jitter = Callable[[float, float], float]
"""Gives some number between two; `random.uniform` outside of tests."""

FIRST: Final = 2.0
LONGEST: Final = 30.0
IDLE: Final = 300.0
"""Between looks while nothing waits."""


@dataclass(slots=True)
class Backoff:
    """Rests that double, each drawn from the whole range below its bound, so that many devices never knock together."""

    jitter: Jitter
    first: float = FIRST
    longest: float = LONGEST
    _failures: int = field(default=0, init=False)

    def next(self) -> float:
        """Seconds to rest after one more failure; never under a tenth of the first bound, so that nothing spins."""
        bound = min(self.longest, self.first * 2.0 ** min(self._failures, 16))
        self._failures += 1
        return self.jitter(self.first / 10, bound)

    def reset(self) -> None:
        self._failures = 0
