"""An order of 500 lines over 100,000 products: what a rep waits for at the screen, and the services behind it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from benchmarks.company import Ground
from benchmarks.figures import Figure, at, in_turn, milliseconds
from benchmarks.large_shop import device_with
from benchmarks.terminal import RawTerminal
from benchmarks.type_ahead import SHOWN_TO_FEW
from wizterm.domain.browsing import EVERYTHING, Order
from wizterm.domain.clock import SystemClock
from wizterm.domain.ids import uuid7
from wizterm.services.catalogue import PAGE
from wizterm.services.machine import Machine
from wizterm.services.workbench import Workbench

PRODUCTS, LINES = 100_000, 500
ECHO, SHOWN, SWITCHED = 33.0, 100.0, 100.0
"""Milliseconds that 99 of 100 may take: a key's echo, all that it leads to, another customer's prices."""
PEER = Path(__file__).with_name("peers") / "option_list.py"
WORDS = ("lem", "pras", "unv", "stib", "gule", "wodi")
"""Beginnings of the words that products are made of."""
RIGHT, ESCAPE, F5, CONTROL_D, BACKSPACE = "\x1b[C", "\x1b", "\x1b[15~", "\x04", "\x7f"
LISTS = (("all", ""), ("few", ", a list that shows 1 %"))


def measure(ground: Ground) -> Iterator[Figure]:
    folder = device_with(ground, PRODUCTS, "long-order")
    machine = Machine(folder, clock=SystemClock(), new_id=uuid7)
    try:
        _fill(machine.bench)
        yield _switching(machine.bench, ground)
        yield from _sorting(machine.bench, ground)
    finally:
        machine.close()
    rows = _rows(folder, ground.folder / "rows.txt")
    rounds = ground.choose(2, 6)
    peer = _typed([str(PEER), str(rows)], "ready", rounds)
    for customer, which in LISTS:
        _give_to(folder, customer)
        yield from _typing(folder, peer, which, rounds)
    yield from _opening(folder, rows, ground.choose(10, 50))


def _fill(bench: Workbench) -> None:
    """Products that both lists show."""
    bench.entry.begin("all")
    for number in range(LINES):
        bench.entry.add(f"P{number * SHOWN_TO_FEW:07d}")


def _give_to(folder: Path, customer: str) -> None:
    machine = Machine(folder, clock=SystemClock(), new_id=uuid7)
    machine.bench.entry.choose_customer(customer)
    machine.close()


def _switching(bench: Workbench, ground: Ground) -> Figure:
    """Another customer's prices for every line, on the disk."""
    others = cycle(("few", "all"))
    bodies = [(f"{number:0300d}", number) for number in range(LINES)]
    with closing(_bare(ground.folder / "bare.db", bodies)) as bare:

        def update() -> None:
            with bare:
                bare.executemany("UPDATE line SET body = ? WHERE position = ?", bodies)

        ours, peer = in_turn(
            ground.choose(20, 100),
            lambda _: milliseconds(lambda: bench.entry.choose_customer(next(others))),
            lambda _: milliseconds(update),
        )
    what = f"another customer for a cart of {LINES} lines, p99"
    return Figure(what, at(0.99, ours), at(0.99, peer), "ms", "a bare SQLite update of as many rows, FULL", SWITCHED)


def _bare(path: Path, bodies: list[tuple[str, int]]) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE line (position INTEGER PRIMARY KEY, body TEXT)")
    with connection:
        connection.executemany("INSERT INTO line (body, position) VALUES (?, ?)", bodies)
    return connection


def _sorting(bench: Workbench, ground: Ground) -> Iterator[Figure]:
    """The whole list in each order, a page: the first time after a sync, and then."""
    orders = [order for order in Order if order is not Order.BEST]
    customer = bench.customers.get("all")

    def page(turn: int) -> float:
        browse = replace(EVERYTHING, order=orders[turn % len(orders)])
        return milliseconds(lambda: bench.search.page("", customer, browse=browse))

    first = [page(turn) for turn in range(len(orders))]
    with closing(sqlite3.connect(bench._sources.reader._path)) as bare:
        query = f"SELECT sku, name FROM products ORDER BY name COLLATE NOCASE LIMIT {PAGE}"
        ours, peer = in_turn(
            ground.choose(40, 200), page, lambda _: milliseconds(lambda: bare.execute(query).fetchall())
        )
    beside = "SELECT … ORDER BY name LIMIT, without prices"
    yield Figure(
        f"sorting {PRODUCTS:,} products the first time, the slowest order", max(first), at(0.99, peer), "ms", beside
    )
    yield Figure(f"a sorted page of {PRODUCTS:,} products, p99", at(0.99, ours), at(0.99, peer), "ms", beside, SHOWN)


def _typing(folder: Path, peer: list[tuple[float, float]], which: str, rounds: int) -> Iterator[Figure]:
    ours = _typed(["-m", "wizterm", "--device", str(folder)], " found ", rounds)
    beside = "Textual's Input and OptionList over as many rows"
    for place, what, budget in ((0, "a key's first byte back", ECHO), (1, "all that a key leads to", SHOWN)):
        mine, theirs = ([times[place] for times in side] for side in (ours, peer))
        for name, share in (("p50", 0.5), ("p99", 0.99)):
            words = f"typing over {PRODUCTS:,} products and {LINES} lines{which}: {what}, {name}"
            yield Figure(words, at(share, mine), at(share, theirs), "ms", beside, budget if share > 0.9 else None)


def _typed(arguments: list[str], sign: str, rounds: int) -> list[tuple[float, float]]:
    """For each letter the milliseconds until the first and the last byte."""
    times = []
    with RawTerminal(arguments, columns=120, lines=40) as terminal:
        terminal.sent(sign)
        terminal.rest(1.0)
        for _ in range(rounds):
            for word in WORDS:
                times += [terminal.answer_to(letter) for letter in word]
                for _ in word:
                    terminal.answer_to(BACKSPACE)
    return times


def _opening(folder: Path, rows: Path, rounds: int) -> Iterator[Figure]:
    """A page on top of the order, and back."""
    peer = _opened([str(PEER), str(rows)], "ready", F5, rounds)
    for what, key in (("the product page", RIGHT), ("the sheet of variants", CONTROL_D)):
        ours = _opened(["-m", "wizterm", "--device", str(folder)], " found ", key, rounds)
        beside = "a Textual screen with an OptionList"
        yield Figure(f"opening {what}, p50", at(0.5, ours), at(0.5, peer), "ms", beside)
        yield Figure(f"opening {what}, p99", at(0.99, ours), at(0.99, peer), "ms", beside, SHOWN)


def _opened(arguments: list[str], sign: str, key: str, rounds: int) -> list[float]:
    times = []
    with RawTerminal(arguments, columns=120, lines=40) as terminal:
        terminal.sent(sign)
        terminal.rest(1.0)
        for turn in range(rounds + 1):
            took = terminal.answer_to(key)[1]
            terminal.answer_to(ESCAPE)
            times += [took] if turn else []  # the first also loads the code
    return times


def _rows(folder: Path, path: Path) -> Path:
    """The products as lines, as wide as the terminal shows them."""
    (catalogue,) = (folder / "catalogue").glob("*.db")
    with closing(sqlite3.connect(catalogue)) as connection:
        found = connection.execute("SELECT sku, name FROM products ORDER BY row")
        path.write_text("\n".join(f"{sku:<9} {name:<60} {4.5:>8}" for sku, name in found), encoding="utf-8")
    return path
