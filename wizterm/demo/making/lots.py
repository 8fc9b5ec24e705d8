"""Drawing lots without chance: the same key always draws the same, on every machine and Python."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def below(limit: int, *key: object) -> int:
    """Draw a number from 0 to `limit` - 1."""
    digest = hashlib.sha256("|".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % limit


def draw(things: Sequence[Thing], *key: object) -> Thing:
    return things[below(len(things), *key)]


def happens(percent: int, *key: object) -> bool:
    return below(100, *key) < percent
