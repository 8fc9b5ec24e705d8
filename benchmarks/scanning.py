"""From a scan's last key to the line on the screen, in a pseudo-terminal, over small and large catalogues."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.company import Ground
from benchmarks.figures import Figure, at
from benchmarks.terminal import RawTerminal
from benchmarks.type_ahead import make
from wizterm.db.device import open_device, set_setting
from wizterm.db.replica_files import ReplicaFiles

LARGE, SMALL = 100_000, 3_000
BUDGET = 50.0
"""Milliseconds that 99 of 100 scans may take."""
PREFIX = "\x1b[20~"
SEED = 7
NOWHERE = "http://127.0.0.1:9"
"""The discard port: no sync takes the made catalogue away."""


def measure(ground: Ground) -> Iterator[Figure]:
    scans = ground.choose(200, 1_000)
    large, small = (_scanned(ground, size, scans) for size in (LARGE, SMALL))
    for name, share, budget in (("p50", 0.5, None), ("p99", 0.99, BUDGET)):
        what = f"a scan's last key to its line on the screen, {LARGE:,} products, {name}"
        yield Figure(what, at(share, large), at(share, small), "ms", f"the same over {SMALL:,} products", budget)


def _scanned(ground: Ground, size: int, scans: int) -> list[float]:
    """Milliseconds of each scan; twenty products again and again, as at a booth."""
    device = _device(ground, size)
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
    terminal.rest(0.1)
    return took


def _device(ground: Ground, size: int) -> Path:
    """The rep's folder with a catalogue of so many products."""
    folder = ground.folder / f"scanning-{size}"
    shutil.copytree(ground.device, folder)
    database = open_device(folder)
    set_setting(database, "address", NOWHERE)
    database.close()
    files = ReplicaFiles(folder)
    made = files.folder / "made.db"
    make(made, size)
    files.switch(files.accept(made))
    return folder
