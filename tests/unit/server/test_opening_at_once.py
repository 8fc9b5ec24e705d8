"""Many who open a new store at the same moment: one lays it out and founds it, the others find it done."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.support.patience import HANG_GUARD
from wizterm.server.store import ledger, postgres, sqlite
from wizterm.server.store.opening import open_store

ROOT = Path(__file__).parents[3]
ROUNDS = {"sqlite": 6, "postgres": 2}
SCALE = float(os.environ.get("SCALE", "1"))
THREADS = 8
A_MOMENT = 0.2
"""Seconds in which a second one would have come in, were nobody keeping it out."""


@pytest.fixture(params=["sqlite", "postgres"])
def places(request, tmp_path):
    """New places for a store, quite empty: a folder and an address each."""
    count = max(1, round(ROUNDS[request.param] * SCALE))
    folders = [tmp_path / f"{number}" for number in range(count)]
    with ExitStack() as databases:
        if request.param == "sqlite":
            yield [(folder, "") for folder in folders]
            return
        server = request.getfixturevalue("postgres")
        yield [(folder, databases.enter_context(server.database(empty=True))) for folder in folders]


def test_eight_processes_open_a_new_store_at_once_and_find_one_and_the_same(places):
    asked = "\n".join(f"{folder}\t{url}" for folder, url in places)
    command = [sys.executable, "-m", "tests.support.opening_at_once"]
    ended = subprocess.run(
        command, cwd=ROOT, input=asked, capture_output=True, text=True, timeout=HANG_GUARD * len(places), check=False
    )
    assert (ended.stdout, ended.stderr, ended.returncode) == ("", "", 0)


def test_eight_threads_open_a_new_store_at_once_and_find_one_and_the_same(places):
    folder, url = places[0]
    ready = threading.Barrier(THREADS)

    def identity():
        ready.wait(HANG_GUARD)
        with closing(open_store(folder, url)) as store, store.reading():
            return ledger.fact("server")

    with ThreadPoolExecutor(THREADS) as pool:
        asked = [pool.submit(identity) for _ in range(THREADS)]
        assert len({each.result(HANG_GUARD) for each in asked}) == 1


@pytest.mark.parametrize("engine", [sqlite, postgres], ids=["sqlite", "postgres"])
def test_one_at_a_time_founds_a_store(tmp_path, request, monkeypatch, engine):
    """A second one is let in as long as a first waits for it: it must not come."""
    inside, second, met = [], threading.Event(), []
    insert = ledger.Fact.insert_many

    def watched(rows):
        inside.append(rows)
        if len(inside) > 1:
            second.set()
        met.append(second.wait(A_MOMENT))
        inside.pop()
        return insert(rows)

    monkeypatch.setattr(ledger.Fact, "insert_many", watched)
    with ExitStack() as databases, ThreadPoolExecutor(2) as pool:
        url = "" if engine is sqlite else databases.enter_context(request.getfixturevalue("postgres").database())
        for opened in [pool.submit(open_store, tmp_path, url) for _ in range(2)]:
            opened.result(HANG_GUARD).close()
    assert met == [False]
