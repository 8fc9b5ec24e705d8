"""Slowing down whoever guesses passwords."""

from __future__ import annotations

import threading

from wizterm.domain.clock import Clock

MOST_FAILURES = 10
WINDOW = 300.0
"""Seconds."""
MOST_NAMES = 10_000


class Throttle:
    """Counts failures by name and address, in this process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures: dict[tuple[str, str], list[float]] = {}
        self._lock = threading.Lock()

    def wait(self, name: str, address: str) -> float:
        """Seconds until another try is allowed; zero where it is now."""
        with self._lock:
            recent = self._recent(name, address)
            return recent[-MOST_FAILURES] + WINDOW - self._clock.monotonic() if len(recent) >= MOST_FAILURES else 0.0

    def failed(self, name: str, address: str) -> None:
        with self._lock:
            if len(self._failures) >= MOST_NAMES:
                self._failures.pop(next(iter(self._failures)))
            self._failures[name, address] = [*self._recent(name, address), self._clock.monotonic()]

    def succeeded(self, name: str, address: str) -> None:
        with self._lock:
            self._failures.pop((name, address), None)

    def _recent(self, name: str, address: str) -> list[float]:
        since = self._clock.monotonic() - WINDOW
        return [moment for moment in self._failures.get((name, address), ()) if moment > since]
