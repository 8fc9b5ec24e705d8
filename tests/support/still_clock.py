"""A clock that stands still until it is told to go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass
class StillClock:
    at: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    seconds: float = 1000.0

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()

    def monotonic(self) -> float:
        return self.seconds

    def go_on(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.seconds += seconds
