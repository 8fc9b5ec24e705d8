"""Devices first: what a process does beside its calls gives way to them, for a moment at a time.

A delivery and a device's call share one processor, whatever the number of threads. A rep waits for the call.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONGEST_SECONDS = 0.05
"""Calls may never end: deliveries go on at twenty a second even then."""
BUSY_SECONDS = 1.0
"""So long after a call others are likely, here or in a process beside this one."""
REST_SECONDS = 0.02
"""After each delivery at busy times, so that they leave most of the processor and of the store's one counter to calls.
Fifty a second are more than an ERP takes, and `wizterm work` has no calls and does not rest."""


class Courtesy:
    def __init__(
        self,
        longest: float = LONGEST_SECONDS,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        rest: Callable[[float], object] = time.sleep,
    ) -> None:
        self._longest = longest
        self._monotonic = monotonic
        self._rest = rest
        self._called_at = -BUSY_SECONDS
        self._calls = 0
        self._none = threading.Event()
        self._none.set()

    @contextmanager
    def call(self) -> Iterator[None]:
        """Around each call; all are counted in the one thread of the loop that answers them."""
        self._calls += 1
        self._called_at = self._monotonic()
        self._none.clear()
        try:
            yield
        finally:
            self._calls -= 1
            if not self._calls:
                self._none.set()

    def give_way(self) -> bool:
        """Wait until no call is under way, but not for ever, and rest at busy times; whether no call is under way."""
        if self._monotonic() - self._called_at < BUSY_SECONDS:
            self._rest(REST_SECONDS)
        return self._none.wait(self._longest)
