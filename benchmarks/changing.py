"""Many changed products put into a device's catalogue, beside the same rows written bare; and what waits meanwhile."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Self

from benchmarks.company import Ground
from benchmarks.figures import Figure, in_turn, median, milliseconds
from tests.support.replica_making import generation, page, price, product
from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_writer import ReplicaWriter
from wizterm.protocol.catalogue import MOST_ROWS, CatalogueChanges
from wizterm.protocol.replica import BY_NAME

CHANGED = 10_000
SLOWEST = 5000.0
"""Milliseconds."""
SHORTEST_WAIT = 0.001
"""Seconds between two looks at the clock of a thread that stands for the one that takes keys."""


def measure(ground: Ground) -> Iterator[Figure]:
    files = ReplicaFiles(ground.folder / "changing")
    path = generation(files, products=ground.choose(20_000, 100_000))
    bare = _copied(path, ground.folder / "changing-bare.db")
    waits: list[float] = []

    def ours(turn: int) -> float:
        with Watching() as watching:
            spent = milliseconds(lambda: _apply(path, turn))
        waits.append(watching.longest)
        return spent

    times, plain = in_turn(ground.choose(3, 9), ours, lambda turn: milliseconds(lambda: _write(bare, turn)))
    beside = "the same rows by executemany, no text index, no digests, one commit"
    what = f"{CHANGED:,} changed products with their prices"
    yield Figure(what, median(times), median(plain), "ms", beside, SLOWEST)
    with Watching() as idle:
        time.sleep(median(times) / 1000)
    yield Figure("the longest that a key waits meanwhile", max(waits), idle.longest, "ms", "an idle program", 100.0)


class Watching:
    """A thread that wants to run all the time, and the longest it did not."""

    def __enter__(self) -> Self:
        self.longest = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.is_set():
            wanted = time.perf_counter() + SHORTEST_WAIT
            time.sleep(SHORTEST_WAIT)
            self.longest = max(self.longest, (time.perf_counter() - wanted) * 1000)


def _pages(turn: int) -> Iterator[CatalogueChanges]:
    """As the server cuts them."""
    for before in range(0, CHANGED, MOST_ROWS // 2):
        numbers = range(before + 1, before + MOST_ROWS // 2 + 1)
        products = [product(number, name=f"Kettle {number} of {turn}") for number in numbers]
        yield page(
            f"c{turn}-{before}", {"products": products, "prices": [price(n, amount=f"{turn}.95") for n in numbers]}
        )


def _apply(path: Path, turn: int) -> None:
    with closing(ReplicaWriter(path)) as writer:
        for each in _pages(turn):
            writer.apply(each)


def _copied(path: Path, to: Path) -> Path:
    with closing(sqlite3.connect(path)) as made, closing(sqlite3.connect(to)) as bare:
        made.backup(bare)
        bare.execute("PRAGMA journal_mode = WAL")
    return to


def _write(path: Path, turn: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as bare:
        bare.execute("BEGIN")
        for each in _pages(turn):
            for rows in each.upserts:
                table = BY_NAME[rows.table]
                changes = ", ".join(f"{column} = excluded.{column}" for column in table.columns[1:])
                bare.executemany(
                    f"INSERT INTO {table.name} ({', '.join(table.columns)}) "
                    f"VALUES ({', '.join('?' * len(table.columns))}) ON CONFLICT ({table.key}) DO UPDATE SET {changes}",
                    rows.rows,
                )
        bare.execute("COMMIT")
