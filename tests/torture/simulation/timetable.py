"""What is to happen when, by the virtual clock; and the clocks that devices and server read, which may be wrong."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from tests.support.still_clock import StillClock

BETWEEN_LOOKS = 300.0
BEGINNING = StillClock().monotonic()


@dataclass(order=True)
class _Event:
    at: float
    place: int
    do: Callable[[], object] = field(compare=False)


@dataclass
class LocalClock:
    """One machine's: set wrong by as much as is wanted, while its seconds go on."""

    true: StillClock
    off: timedelta = timedelta(0)

    def now(self) -> datetime:
        return self.true.now() + self.off

    def today(self) -> date:
        return self.now().date()

    def monotonic(self) -> float:
        return self.true.monotonic()


class Timetable:
    def __init__(self, clock: StillClock) -> None:
        self.clock = clock
        self._events: list[_Event] = []
        self._places = count()
        self._alarms: dict[str, float] = {}
        """When each process wakes next."""

    @property
    def passed(self) -> float:
        """Seconds since the beginning."""
        return self.clock.monotonic() - BEGINNING

    def soon(self, seconds: float, do: Callable[[], object]) -> None:
        heapq.heappush(self._events, _Event(self.clock.monotonic() + seconds, next(self._places), do))

    def alarm(self, who: str, seconds: float, do: Callable[[], object]) -> None:
        """A thread sleeps until the earliest moment it was asked for."""
        at = self.clock.monotonic() + seconds
        if at < self._alarms.get(who, float("inf")):
            self._alarms[who] = at
            self.soon(seconds, lambda: self._ring(who, at, do))

    def silence(self, who: str) -> None:
        self._alarms.pop(who, None)

    def until(self, seconds: float, *, or_once: Callable[[], bool] = lambda: False) -> None:
        """Live on until so long after the beginning; `or_once` is looked at now and then."""
        end = BEGINNING + seconds
        look = self.clock.monotonic() + BETWEEN_LOOKS
        while self._events and self._events[0].at <= end:
            event = heapq.heappop(self._events)
            self.clock.go_on(max(0.0, event.at - self.clock.monotonic()))
            event.do()
            if self.clock.monotonic() > look:
                if or_once():
                    return
                look = self.clock.monotonic() + BETWEEN_LOOKS
        self.clock.go_on(max(0.0, end - self.clock.monotonic()))

    def _ring(self, who: str, at: float, do: Callable[[], object]) -> None:
        if self._alarms.get(who) == at:
            del self._alarms[who]
            do()
