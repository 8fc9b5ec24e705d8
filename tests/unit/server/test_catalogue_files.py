"""Catalogue files: who waits for them, how often they are built, and what is in none of them."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import zstandard

from wizterm.protocol import replica
from wizterm.protocol.problem import ProblemError
from wizterm.server.company import open_company
from wizterm.server.feeds.manifest import COME_AGAIN, Manifests
from wizterm.server.feeds.shelf import FEW_CHANGES
from wizterm.server.in_process import ServerProtocol


def begin(house, session):
    return house.server.manifest(session.access_token, replica.SCHEMA)


def built(house):
    """When the builder has nothing left to do."""
    house.company.manifests._builder._thread.submit(int).result(60)


def change_much(house):
    """More than changes should bring to a new device."""
    amount = next(house.numbers)
    prices = "".join(f"TRADE,P{n},{amount}\n" for n in range(FEW_CHANGES + 1))
    products = "".join(f"P{n},Product\n" for n in range(FEW_CHANGES + 1))
    house.office.load(products="sku,name\n" + products, prices="price_list,sku,price\n" + prices)


@pytest.fixture
def builds(monkeypatch):
    """What is built, slowly: everybody has asked before the first is done."""
    from wizterm.server.feeds import shelf

    done, whole, asked = [], shelf.build, threading.Event()

    def counted(folder, scope, schema):
        asked.wait(30)
        done.append(scope.lists)
        return whole(folder, scope, schema)

    monkeypatch.setattr(shelf, "build", counted)
    return done, asked


def test_a_hundred_who_ask_two_processes_at_once_cost_one_build(house, kim, tmp_path, builds):
    done, asked = builds
    other = open_company(tmp_path, url=house.url, name="T", connector=house.erp, clock=house.clock)
    servers, refused = [house.server, ServerProtocol(other)] * 50, []

    def ask(server):
        try:
            server.manifest(kim.access_token, replica.SCHEMA)
        except ProblemError as error:
            refused.append(error.problem)
        if len(refused) >= 90:
            asked.set()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(ask, servers))
    other.close()
    assert done == [("TRADE",)]
    assert {(problem.status, problem.retry_after) for problem in refused} <= {(503, COME_AGAIN)}
    assert house.server.manifest(kim.access_token, replica.SCHEMA).sha256


def test_who_has_an_old_file_is_not_kept_waiting_for_a_fresh_one(house, kim, builds):
    done, asked = builds
    asked.set()
    first = begin(house, kim)
    asked.clear()
    change_much(house)
    assert [begin(house, kim) for _ in range(3)] == [first] * 3
    asked.set()
    built(house)
    assert len(done) == 2


def test_no_reps_own_rows_are_in_the_file_that_others_share(house, kim, tmp_path):
    for code in ("KIM", "LEE"):
        begin(house, house.sign_in(code))
    (path,) = (tmp_path / "files").glob("*.zst")
    (tmp_path / "plain.db").write_bytes(zstandard.decompress(path.read_bytes()))
    with closing(sqlite3.connect(tmp_path / "plain.db")) as file:
        rows = {table.name: file.execute(f"SELECT * FROM {table.name}").fetchall() for table in replica.TABLES}
    assert len(rows["products"]) == 2
    assert not any(rows[table.name] for table in replica.REP_PART)
    assert b"Corner Shop" not in (tmp_path / "plain.db").read_bytes()


def test_a_folder_that_no_store_has_made_is_made_for_the_files(house, kim, tmp_path):
    folder = tmp_path / "not" / "there"
    with closing(Manifests(house.company.store, folder, house.clock)) as manifests:
        manifests.manifest(house.company.auth.caller(kim.access_token), replica.SCHEMA)
    assert list(folder.glob("*.zst"))
