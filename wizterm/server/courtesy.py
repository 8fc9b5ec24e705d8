"""Devices first: what a process does beside its calls gives way to them, for a moment at a time.

A delivery and a device's call share one processor, whatever the number of threads. A rep waits for the call.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_SECONDS = 0.05
"""Calls may never end: deliveries go on at twenty a second even then."""


class Courtesy:
    def __init__(self, longest: float = LONGEST_SECONDS) -> None:
        self._longest = longest
        self._calls = 0
        self._none = threading.Event()
        self._none.set()

    @contextmanager
    def call(self) -> Iterator[None]:
        """Around each call; all are counted in the one thread of the loop that answers them."""
        self._calls += 1
        self._none.clear()
        try:
            yield
        finally:
            self._calls -= 1
            if not self._calls:
                self._none.set()

    def give_way(self) -> bool:
        """Wait until no call is under way, but not for ever; whether none is."""
        return self._none.wait(self._longest)
