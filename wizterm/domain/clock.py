"""Time as a thing that is handed in: wall clock in UTC, and a clock that only goes forward for waiting."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """UTC, for stamps; may jump."""
        ...

    def today(self) -> date:
        """The rep's calendar day: the business date."""
        ...

    def monotonic(self) -> float:
        """Seconds since some start; never jumps, for time-outs and rests."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return datetime.now(UTC).astimezone().date()

    def monotonic(self) -> float:
        return time.monotonic()


def milliseconds(moment: datetime) -> int:
    """Epoch milliseconds: how moments are stored."""
    return round(moment.timestamp() * 1000)


def milliseconds_of(span: timedelta) -> int:
    return round(span.total_seconds() * 1000)


def moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def days_ago(days: int) -> str:
    """today, yesterday, 12 days ago."""
    return {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")


def age(since: timedelta) -> str:
    """For people, at most two parts: 'just now', '4 min', '3 h 12 min', '2 days'."""
    minutes = int(since.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days = hours // 24
    return "1 day" if days == 1 else f"{days} days"
