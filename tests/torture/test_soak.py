"""A long day: devices order, lines come and go, the company changes its prices; nothing grows that should not."""

import gc
import random

import psutil
import pytest

from tests.support.rep_device import InProcess
from tests.torture.layer import Harm
from tests.torture.shop import ShiftedClock, opened
from tests.torture.size import times

ROW = "soak"
ROUNDS = times(24)
WARM = 10
"""Rounds after which everything is loaded that is loaded once."""
DEVICES = 3
MOST_GAINED = 16 * 2**20
"""Bytes of memory: the allocator's own unrest over a run of any length."""
MOST_LOG = 8 * 2**20
"""Bytes of a write-ahead log: SQLite folds it in at four."""


@pytest.fixture
def shop(tmp_path):
    with opened(tmp_path, ShiftedClock()) as shop:
        yield shop


def measured():
    gc.collect()
    process = psutil.Process()
    return process.num_fds(), process.memory_info().rss, process.num_threads()


def grown(before, after, folder):
    """What has, though it should not."""
    files, memory, threads = (now - then for then, now in zip(before, after, strict=True))
    if files > 0:
        yield f"{files} files more are open"
    if threads > 0:
        yield f"{threads} threads more run"
    if memory > MOST_GAINED:
        yield f"{memory / 2**20:.1f} MiB more are held"
    yield from (
        f"{log.name} has {log.stat().st_size:,} bytes" for log in folder.rglob("*-wal") if log.stat().st_size > MOST_LOG
    )
    if stray := sorted(path.name for path in folder.rglob("*.part")):
        yield f"left lying: {stray}"


def a_round(shop, lines, chance):
    for device, line in zip(shop.devices, lines, strict=True):
        line.down = chance.random() < 0.4
        if chance.random() < 0.7:
            shop.order(device, chance.randint(1, 3))
        if chance.random() < 0.7:
            device.sync()
    if chance.random() < 0.2:
        price = chance.randint(100, 900) / 100
        shop.office.load(prices=f"price_list,sku,price\nTRADE,MUG,{price}\n")
    if chance.random() < 0.5:
        shop.deliver()
    shop.company.clock.wait(chance.randint(60, 3600))


def test_a_long_day(shop, layer):
    row = layer(ROW)
    chance = random.Random(12)
    lines = [InProcess(lambda: shop.company) for _ in range(DEVICES)]
    for number, line in enumerate(lines):
        shop.device(f"kim-{number}", lambda line=line: line)
    for number in range(ROUNDS):
        if number == min(WARM, ROUNDS // 2):
            before = measured()
        a_round(shop, lines, chance)
        row.count(shop.harm() if number % 10 == 0 else Harm(), f"round {number}")
    row.blame(Harm(half=tuple(grown(before, measured(), shop.folder))))
    for device, line in zip(shop.devices, lines, strict=True):
        line.down = False
        device.sync()
    shop.company.clock.wait(7200)
    shop.deliver()
    row.blame(shop.harm(quiet=True), "in the evening")
