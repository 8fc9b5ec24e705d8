"""Days as reps write and read them."""

from __future__ import annotations

import re
from datetime import date, timedelta

EXPECTED = "a day such as 2026-04-12, 12/4, fri, or +7 for in a week"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:[/.]\s*(\d{1,2})\.?|\s+([a-z]{3})[a-z]*)(?:[/.\s]\s*(\d{4}))?")
_BETWEEN = re.compile(r"\s+(?:to|-|–)\s+|\s*–\s*")
_AHEAD = re.compile(r"\+\s*(\d{1,3})")
FARTHEST = timedelta(days=3 * 366)


class DayError(ValueError):
    """A text is no day that can be used; the message says what was expected."""


def read_day(text: str, today: date) -> date:
    """The day that was written; without a year it is the next such day."""
    words = text.strip().casefold()
    found = _named(words, today) or _written(words, today)
    if found is None:
        raise DayError(f"{text.strip()[:24]!r} is no day: expected {EXPECTED}.")
    if not today <= found <= today + FARTHEST:
        raise DayError(f"{found} is out of reach: expected a day from today on, within three years.")
    return found


def read_days(text: str, today: date) -> tuple[date, date | None]:
    """One day, or the first and the last of a window: `12/4` or `12/4 to 15/4`."""
    first, dash, last = (part.strip() for part in _BETWEEN.sub("~", text, count=1).partition("~"))
    start = read_day(first, today)
    if not dash:
        return start, None
    end = read_day(last, start)
    return start, None if end == start else end


def show_day(day: date, today: date) -> str:
    """Short: Fri 12 Apr; with the year where that is not this one."""
    words = f"{_WEEKDAYS[day.weekday()].title()} {day.day} {_MONTHS[day.month - 1].title()}"
    return words if day.year == today.year else f"{words} {day.year}"


def _named(words: str, today: date) -> date | None:
    if words in {"today", "tomorrow"}:
        return today + timedelta(days=int(words == "tomorrow"))
    if match := _AHEAD.fullmatch(words):
        return today + timedelta(days=int(match[1]))
    if len(words) >= 3 and (name := words[:3]) in _WEEKDAYS and words.isalpha():
        return today + timedelta(days=(_WEEKDAYS.index(name) - today.weekday() - 1) % 7 + 1)
    return None


def _written(words: str, today: date) -> date | None:
    if not words.isascii():
        return None
    if match := _ISO.fullmatch(words):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    match = _DAY_MONTH.fullmatch(words)
    if match is None or (match[3] and match[3] not in _MONTHS):
        return None
    month = int(match[2]) if match[2] else _MONTHS.index(match[3]) + 1
    if match[4]:
        return _day(int(match[4]), month, int(match[1]))
    years = (_day(today.year + ahead, month, int(match[1])) for ahead in range(5))
    return next((day for day in years if day is not None and day >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
