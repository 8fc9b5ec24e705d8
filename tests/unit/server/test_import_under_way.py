"""What goes on while an import is under way, and what becomes of two at once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest

from tests.support.documents_making import new_customer, order
from tests.support.patience import HANG_GUARD
from tests.support.stalled_import import stalled_import
from tests.support.still_clock import StillClock
from wizterm.connectors.base import Done
from wizterm.connectors.pulling import Page, Pull, Rows
from wizterm.protocol.documents import Taken
from wizterm.protocol.replica import BY_NAME
from wizterm.server.importing import loading
from wizterm.server.importing.loading import load
from wizterm.server.pulling.puller import Puller
from wizterm.server.store import ledger
from wizterm.server.store.base import current, rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.opening import open_store
from wizterm.server.store.upserting import upsert

WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


class Gate:
    """Where an import stands still, its first rows written and nothing committed, until it is let on."""

    def __init__(self):
        self._reached, self._open = threading.Event(), threading.Event()

    def __call__(self, _file, _lines):
        self._reached.set()
        assert self._open.wait(HANG_GUARD)

    def reached(self, loading):
        """Or raise what kept it from coming so far."""
        loading.add_done_callback(lambda _: self._reached.set())
        assert self._reached.wait(HANG_GUARD)
        if loading.done():
            loading.result()

    def open(self):
        self._open.set()


@pytest.fixture(autouse=True)
def _however_small(monkeypatch):
    """Every import counts as a large one."""
    monkeypatch.setattr(loading, "LARGE", 0)


@pytest.fixture
def under_way(house, tmp_path):
    """A process of its own imports files, and stands still within; the block's end lets it come to its end."""

    @contextmanager
    def importing(*, replace=False, **kinds):
        gate, folder = Gate(), tmp_path / "brought"
        folder.mkdir()
        paths = [folder / f"{kind}.csv" for kind in kinds]
        for path, text in zip(paths, kinds.values(), strict=True):
            path.write_text(text)
        with ThreadPoolExecutor(1) as pool, closing(open_store(tmp_path, house.url)) as store:
            loading = pool.submit(load, store, paths, clock=StillClock(), replace=replace, progress=gate)
            try:
                gate.reached(loading)
                yield gate
            finally:
                gate.open()
            loading.result(HANG_GUARD)

    return importing


def waits(house, work):
    """Until this work waits for the import. On SQLite it does whenever it writes, and nobody can be asked."""
    deadline = time.monotonic() + HANG_GUARD
    while house.url:
        assert not work.done(), "expected it to wait for the import"
        assert time.monotonic() < deadline
        with house.company.store.reading():
            if current().execute_sql(WAITING).fetchone()[0]:
                return


def mark(house):
    with house.company.store.reading():
        return ledger.reading_of(ledger.CATALOGUE)


def products(house):
    with house.company.store.reading():
        fields = [column("products", name) for name in ("sku", "name", "description")]
        return sorted(MIRROR["products"].select(*fields).where(~MIRROR["products"].deleted).tuples())


def bought(house):
    with house.company.store.reading():
        fields = [column("history", name) for name in ("order_number", "quantity")]
        return sorted(MIRROR["history"].select(*fields).where(~MIRROR["history"].deleted).tuples())


def test_documents_are_taken_while_an_import_is_under_way(house, kim, under_way):
    manifest = house.server.manifest(kim.access_token, 1)
    customer = new_customer(kim, "Fresh Market")
    ordered = order(kim, "C1"), order(kim, customer.id)
    with under_way(products="sku,name\nMUG,Better mug\n", stock="sku,quantity\nMUG,5\n"):
        answers = house.post(kim, customer, *ordered)
        assert {change.state for change in house.told(kim).values()} == {"delivered"}
        assert "Better" not in str(products(house))
    assert {type(answer) for answer in answers} == {Taken}
    assert mark(house) > max(answer.sequence for answer in answers)
    changes = house.server.catalogue_changes(kim.access_token, manifest.cursor, 100)
    told = {row[1] for upsert in changes.upserts for row in upsert.rows} | {
        row[2] for upsert in changes.upserts if upsert.table == "customers" for row in upsert.rows
    }
    assert {"Better mug", "Fresh Market"} <= told


def test_a_device_that_looks_while_an_import_is_under_way_hears_of_it_at_its_next_look(house, kim, under_way):
    cursor = house.server.manifest(kim.access_token, 1).cursor

    def look():
        nonlocal cursor
        changes = house.server.catalogue_changes(kim.access_token, cursor, 100)
        cursor = changes.cursor
        return [row[0] for upsert in changes.upserts if upsert.table == "products" for row in upsert.rows]

    look()
    with under_way(products="sku,name\nMUG,Better mug\n"):
        house.post(kim, new_customer(kim, "Fresh Market"))
        assert look() == []
    assert look() == ["MUG"]


def test_more_transactions_than_an_import_left_room_for_keep_the_order_of_commits(house, kim, under_way, monkeypatch):
    if house.url:
        monkeypatch.setattr(type(house.company.store.engine), "meanwhile", 1)
    cursor = house.server.manifest(kim.access_token, 1).cursor
    customers = [new_customer(kim, f"Market {n}") for n in range(3)]
    with under_way(products="sku,name\nMUG,Better mug\n", customers="number,name,price_list,rep\nC9,Ninth,TRADE,KIM\n"):
        taken = [house.post(kim, customer)[0].sequence for customer in customers]
        cursor = house.server.catalogue_changes(kim.access_token, cursor, 100).cursor
    assert mark(house) == max(taken) + 1
    changes = house.server.catalogue_changes(kim.access_token, cursor, 100)
    told = [row for upsert in changes.upserts for row in upsert.rows]
    assert "Better mug" in str(told)
    assert "Ninth" in str(told)
    assert not changes.more


HISTORY = "customer,order_number,date,sku,quantity,unit_price\n"


@pytest.mark.parametrize("named", ["our number", "the ERP's"])
def test_an_order_confirmed_while_an_import_tells_of_it_was_bought_once(house, kim, under_way, named):
    told_of, other = order(kim, "C1"), order(kim, "C1")
    house.post(kim, told_of, other)
    number = told_of.number if named == "our number" else "SO-7"
    house.erp.answers.append(Done("SO-7"))
    with under_way(history=f"{HISTORY}C1,{number},2026-03-02,MUG,7,4.5\n"):
        house.deliver()
    assert bought(house) == sorted([(number, "7"), (other.number, "2")])


def test_sqlite_an_import_whose_rows_others_changed_meanwhile_is_done_once_more(tmp_path):
    file = tmp_path / "products.csv"
    file.write_text("sku,name\nMUG,Mug of the file\n")
    seen = []

    def meddle(_file, _lines):
        with store.reading():
            seen.append(rows(MIRROR["products"].select(column("products", "name"))))
        if len(seen) == 1:
            row = ("MUG", "Mug of somebody", *[""] * (len(BY_NAME["products"].columns) - 2))
            with other.writing() as writing:
                upsert(writing, BY_NAME["products"], [row], {"MUG": 7})

    with closing(open_store(tmp_path)) as store, closing(open_store(tmp_path)) as other:
        load(store, [file], clock=StillClock(), progress=meddle)
        assert seen == [[("Mug of the file",)]] * 2
        with store.reading():
            named = rows(MIRROR["products"].select(column("products", "name")))
            assert (named, ledger.reading_of(ledger.SEQUENCE)) == ([("Mug of the file",)], 2)


def test_two_imports_at_once_end_as_if_one_had_come_after_the_other(house, under_way):
    with ThreadPoolExecutor(1) as pool:
        with under_way(replace=True, products="sku,name\nMUG,Mug\nHAT,Hat\n") as gate:
            other = pool.submit(house.office.load, replace=True, products="sku,name\nVASE,Vase\nMUG,Mug\n")
            waits(house, other)
            gate.open()
        other.result(HANG_GUARD)
    assert [sku for sku, _, _ in products(house)] == ["MUG", "VASE"]


def test_a_pull_waits_for_an_import_and_keeps_what_that_brought(house, under_way):
    source = OnePage(Page((Rows("products", ("sku", "name"), [("MUG", "The ERP's mug")]),), "c1", more=False))
    puller = Puller(house.company.store, source, clock=house.clock, minutes=15)
    with ThreadPoolExecutor(1) as pool:
        with under_way(products="sku,name,description\nMUG,Mug,Blue and round\n") as gate:
            pull = pool.submit(puller.pull, Pull.ITEMS)
            waits(house, pull)
            gate.open()
        pull.result(HANG_GUARD)
    assert ("MUG", "The ERP's mug", "Blue and round") in products(house)


def test_an_import_that_is_killed_leaves_nothing_and_keeps_nobody_out(house, kim, tmp_path):
    file = tmp_path / "products.csv"
    file.write_text("sku,name\nMUG,Half done\nHAT,Hat\n")
    before = mark(house)
    with stalled_import(tmp_path, house.url, [file]) as process:
        process.kill()
        process.join(HANG_GUARD)
        assert [name for _, name, _ in products(house)] == ["Mug", "Tray"]
        assert mark(house) == before
        house.office.load(products="sku,name\nMUG,Better mug\n")
    assert isinstance(house.post(kim, order(kim, "C1"))[0], Taken)
    assert [name for _, name, _ in products(house)] == ["Better mug", "Tray"]


def test_an_import_that_fails_leaves_the_numbers_as_they_were(house, kim, under_way):
    before = house.post(kim, order(kim, "C1"))[0].sequence
    with (
        pytest.raises(Exception, match="expected"),
        under_way(products="sku,name\nHAT,Hat\n", stock="sku,quantity\nHAT,many\n"),
    ):
        pass
    assert house.post(kim, order(kim, "C1"))[0].sequence == before + 1


class OnePage:
    pulls = frozenset({Pull.ITEMS})

    def __init__(self, page):
        self._page = page

    def pull(self, _what, _cursor):
        return self._page


def test_a_customer_who_is_given_a_number_while_an_import_brings_it_is_there_once(house, kim, under_way):
    shop = new_customer(kim, "Fresh Market")
    house.post(kim, shop)
    house.erp.answers.append(Done("C77"))
    with under_way(customers="number,name,price_list,rep\nC77,Fresh Market Ltd,TRADE,KIM\n"):
        house.deliver()
    with house.company.store.reading():
        id_, number = column("customers", "id"), column("customers", "number")
        found = rows(MIRROR["customers"].select(id_).where((number == "C77") & ~MIRROR["customers"].deleted))
    assert found == [(shop.id,)]
