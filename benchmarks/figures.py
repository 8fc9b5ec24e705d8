"""Figures of this project beside its peer's, measured in turn within one run."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    what: str
    ours: float
    peer: float
    unit: str
    beside: str
    """What the peer is."""
    budget: float | None = None
    """The most that `ours` may be, or the most that the ratio may be where the budget is relative."""
    relative: bool = False

    @property
    def ratio(self) -> float:
        return self.ours / self.peer if self.peer else math.inf

    @property
    def verdict(self) -> str:
        if self.budget is None:
            return ""
        kept = (self.ratio if self.relative else self.ours) <= self.budget
        limit = f"{self.budget:g}×" if self.relative else f"{self.budget:g} {self.unit}"
        return f"{'within' if kept else 'OVER'} {limit}"

    @property
    def cells(self) -> tuple[str, ...]:
        ours, peer = f"{_shown(self.ours)} {self.unit}", f"{_shown(self.peer)} {self.unit}"
        return self.what, ours, peer, f"{self.ratio:.2f}×", self.beside, self.verdict


HEADS = ("measured", "WizTerm", "peer", "ratio", "the peer", "budget")


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def in_turn(times: int, ours: Callable[[int], float], peer: Callable[[int], float]) -> tuple[list[float], list[float]]:
    """What both give for each turn, the one after the other, so that the machine's moods fall on both."""
    pairs = [(ours(turn), peer(turn)) for turn in range(times)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def at(share: float, values: Sequence[float]) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
