"""Bugs that were put in on purpose, and which layer found each: a net that catches nothing proves nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

CATCH = "caught"
"""Under this name a test's report carries its catches, also from another process."""


@dataclass(frozen=True, slots=True)
class Catch:
    bug: str
    by: str
    """The layer."""
    found: str
    """What it said."""


def catches(caught: Iterable[Catch]) -> list[str]:
    return [
        f"{'seeded bug':<66}{'caught by':<28}found",
        *(f"{each.bug:<66}{each.by:<28}{each.found}" for each in sorted(caught, key=lambda each: each.bug)),
    ]
