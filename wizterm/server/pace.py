"""How often a device may call, counted over all processes: a flood from one costs the others nothing.

Every call is counted in its process and every fiftieth in the store, so that a device at its usual pace costs no write
and one that floods costs few.
"""

from __future__ import annotations

import threading

from wizterm.domain.clock import Clock, milliseconds
from wizterm.protocol.problem import Code, problem
from wizterm.server.store.engine import held
from wizterm.server.store.people import DeviceCalls
from wizterm.server.store.store import Store

MOST_CALLS = 3_000
"""In a window. A first sync with its pictures, the busiest time of a device, stays well below on most lines."""
DOCUMENTS_A_CALL = 20
"""So many weigh as much as a call. A long queue that is sent as fast as can be, 500 a second, stays below."""
WINDOW_MS = 60_000
STEP = 50
MOST_DEVICES = 10_000
"""Remembered at a time; beyond that counting begins anew, which forgives somebody a few calls."""


class Pace:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._calls: dict[str, int] = {}
        self._stopped: dict[str, int] = {}
        """Until when, in epoch milliseconds."""

    def call(self, device: str, documents: int = 0) -> None:
        """Count a call, and the documents it brings; raises the problem `too_many` for a device that floods."""
        weight = 1 + documents // DOCUMENTS_A_CALL
        now = milliseconds(self._clock.now())
        with self._lock:
            until = self._stopped.get(device, 0)
            if len(self._calls) >= MOST_DEVICES:
                self._calls.clear()
                self._stopped.clear()
            calls = self._calls[device] = self._calls.get(device, 0) + weight
        if calls % STEP < weight and not now < until <= now + WINDOW_MS:
            until = self._store.again(lambda: self._count(device, now))
            with self._lock:
                self._stopped[device] = until
        if now < until <= now + WINDOW_MS:
            wait = (until - now) / 1000
            words = f"This device calls too often: try again in {round(wait)} s."
            raise problem(429, Code.TOO_MANY, "Too many calls", words, retry_after=wait)

    def _count(self, device: str, now: int) -> int:
        """The end of the window where it is full; zero where it is not."""
        with self._store.writing():
            counted: DeviceCalls | None = held(DeviceCalls.select().where(DeviceCalls.device == device)).first()
            fresh = counted is None or not 0 <= now - counted.since < WINDOW_MS
            since, calls = (now, STEP) if counted is None or fresh else (counted.since, counted.calls + STEP)
            DeviceCalls.insert(device=device, since=since, calls=calls).on_conflict(
                conflict_target=[DeviceCalls.device], update={"since": since, "calls": calls}
            ).execute()
        return since + WINDOW_MS if calls > MOST_CALLS else 0
