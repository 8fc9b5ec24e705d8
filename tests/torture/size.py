"""How much is tried: SCALE multiplies what `make test` does."""

from __future__ import annotations

import os
from collections.abc import Iterator

SCALE = float(os.environ.get("SCALE") or "1")
SEED = os.environ.get("SEED", "")


def times(number: int) -> int:
    """So often at this size, and once at least."""
    return max(1, round(number * SCALE))


def seeds(number: int, *, of: int = 0) -> Iterator[int]:
    """The seeds to try, always the same ones, beginning at `of`; SEED=n tries that one alone."""
    yield from [int(SEED)] if SEED else range(of, of + times(number))
