"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    GOOD = "✓"
    NOTE = "·"
    """Worth knowing; nothing has to be done."""
    BAD = "▲"


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    sign: Sign
    words: str
    todo: str = ""
    """What to do, where something has to be done."""


def good(what: str, words: str) -> Finding:
    return Finding(what, Sign.GOOD, words)


def note(what: str, words: str) -> Finding:
    return Finding(what, Sign.NOTE, words)


def bad(what: str, words: str, todo: str) -> Finding:
    return Finding(what, Sign.BAD, words, todo)
