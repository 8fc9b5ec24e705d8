"""From a scan's last key to the line on the screen, in a pseudo-terminal, over small and large catalogues."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from benchmarks.company import Ground
from benchmarks.figures import Figure, at
from benchmarks.large_shop import device_with
from benchmarks.terminal import RawTerminal

LARGE, SMALL = 100_000, 3_000
BUDGET = 50.0
"""Milliseconds that 99 of 100 scans may take."""
PREFIX = "\x1b[20~"
SEED = 7


def measure(ground: Ground) -> Iterator[Figure]:
    scans = ground.choose(100, 300)
    large, small = (_scanned(ground, size, scans) for size in (LARGE, SMALL))
    for name, share, budget in (("p50", 0.5, None), ("p99", 0.99, BUDGET)):
        what = f"a scan's last key to its line on the screen, {LARGE:,} products, {name}"
        yield Figure(what, at(share, large), at(share, small), "ms", f"the same over {SMALL:,} products", budget)


def _scanned(ground: Ground, size: int, scans: int) -> list[float]:
    """Milliseconds of each scan; twenty products again and again, as at a booth."""
    device = device_with(ground, size, "scanning")
    chance = random.Random(SEED)
    counts = dict.fromkeys((f"P{chance.randrange(size):07d}" for _ in range(20)), 0)
    with RawTerminal(["-m", "wizterm", "--device", str(device)], columns=120, lines=40) as terminal:
        terminal.sent(" found ")
        terminal.rest(1.0)
        return [_one(terminal, chance.choice(list(counts)), counts) for _ in range(scans)]


def _one(terminal: RawTerminal, sku: str, counts: dict[str, int]) -> float:
    counts[sku] += 1
    terminal.output.clear()
    terminal.type(f"{PREFIX}{sku}")
    time.sleep(0.05)
    begun = time.perf_counter()
    terminal.type("\r")
    terminal.sent(f"+1 → {counts[sku]}")
    took = (time.perf_counter() - begun) * 1000
    terminal.rest(0.05)
    return took
