"""Submitting an order of twenty lines, durably, beside the same bytes in a bare SQLite transaction."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress

from benchmarks.company import Ground
from benchmarks.figures import Figure, at, in_turn, median, milliseconds
from wizterm.domain.clock import SystemClock
from wizterm.domain.document import Kind
from wizterm.domain.ids import uuid7
from wizterm.services.machine import Machine
from wizterm.services.options import OptionsWantedError
from wizterm.services.workbench import Workbench

LINES = 20
BUDGET = 20.0
"""Milliseconds at the median: below what a person notices."""


def measure(ground: Ground) -> Iterator[Figure]:
    folder = ground.folder / "submitting"
    shutil.copytree(ground.device, folder)
    machine = Machine(folder, clock=SystemClock(), new_id=uuid7)
    bench = machine.bench
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE document (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")
        body = b"{" + b"x" * _body_bytes(bench) + b"}"
        ours, peer = in_turn(
            ground.choose(60, 400),
            lambda turn: _submit(bench, turn),
            lambda _: milliseconds(lambda: bare.execute("INSERT INTO document (body) VALUES (?)", (body,))),
        )
    machine.close()
    beside = "a bare SQLite insert of as many bytes, WAL, FULL"
    yield Figure(f"submit of {LINES} lines, median", median(ours), median(peer), "ms", beside, BUDGET)
    yield Figure(f"submit of {LINES} lines, p99", at(0.99, ours), at(0.99, peer), "ms", beside)


def _submit(bench: Workbench, turn: int) -> float:
    cart = _filled(bench, turn)
    return milliseconds(lambda: bench.submission.submit(cart, Kind.ORDER))


def _body_bytes(bench: Workbench) -> int:
    return len(bench.submission.submit(_filled(bench, 0), Kind.ORDER).body)


def _filled(bench: Workbench, turn: int) -> str:
    """A cart of twenty products; the parts before the submit are not timed."""
    bench.entry.begin()
    bench.entry.choose_customer(bench.customers.find("")[turn % 20].id)
    customer = bench.customers.get(bench.entry.current().cart.customer)
    sold = [offer for offer in bench.search.page("", customer).offers if offer.price and not offer.product.discontinued]
    for offer in sold:
        with suppress(OptionsWantedError):  # somebody must choose them
            bench.entry.add(offer.product.sku, offer.product.rule.least)
        if len(bench.entry.cart().lines) == LINES:
            break
    for line in bench.entry.current().cart.lines:
        if line.misfit is not None:
            bench.entry.count(line.id, f"{line.rule.round_up(line.quantity):f}")
    while bench.entry.current().short:
        bench.entry.step(bench.entry.current().cart.lines[0].id, 1)
    return bench.entry.current().cart.id
