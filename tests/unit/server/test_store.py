import threading
from contextlib import closing
from importlib import import_module
from itertools import islice
from pkgutil import iter_modules

import pytest
from peewee import RawQuery

from tests.support.patience import HANG_GUARD
from tests.support.store_office import StoreOffice
from wizterm.protocol import replica
from wizterm.server import store as package
from wizterm.server.store import ledger
from wizterm.server.store.base import AT_A_TIME, Stored, current, streamed
from wizterm.server.store.mirror import MIRROR, Mirrored, column
from wizterm.server.store.opening import open_store
from wizterm.server.store.sqlite import FILE_NAME
from wizterm.server.store.store import StoreError
from wizterm.server.store.upserting import take_away, upsert

STOCK = replica.BY_NAME["stock"]


@pytest.fixture
def place(tmp_path, store_url):
    """Where a store is: what `open_store` takes."""
    return tmp_path, store_url


@pytest.fixture
def store(place):
    with closing(open_store(*place)) as opened:
        yield opened


def test_the_layout_is_the_models(store):
    for module in iter_modules(package.__path__, f"{package.__name__}."):
        import_module(module.name)
    with store.reading():
        for model in Stored.__subclasses__() + Mirrored.__subclasses__():
            if model is not Mirrored:
                laid_out = {column.name for column in current().get_columns(model._meta.table_name)}
                assert laid_out == {field.column_name for field in model._meta.sorted_fields}, model


def test_a_store_keeps_its_identity(place):
    def facts():
        store = open_store(*place)
        with store.reading():
            said = [ledger.fact(name) for name in ("server", "epoch", "office_public", "office_private")]
        store.close()
        return said

    assert facts() == facts()


def test_two_stores_in_one_process_do_not_mix(tmp_path):
    here, there = open_store(tmp_path / "a"), open_store(tmp_path / "b")
    with here.writing() as writing:
        upsert(writing, STOCK, [("MUG", "1", 0)])
    with there.reading():
        assert MIRROR["stock"].select().count() == 0
    here.close()
    there.close()


def test_a_store_of_a_newer_program_is_refused(place):
    with closing(open_store(*place)) as store, store.writing():
        current().execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('0099_tomorrow', '2030-01-01')")
    with pytest.raises(StoreError, match=r"used by a newer version of this program \(it knows 0099_tomorrow\)"):
        open_store(*place)


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path):
    path = tmp_path / FILE_NAME
    path.write_bytes(b"not a database, but somebody's text" * 100)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"server\.db is no store of this program"):
        open_store(tmp_path)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        open_store(tmp_path / "file" / "store")


def test_the_same_row_again_takes_no_number(store):
    with store.writing() as writing:
        assert upsert(writing, STOCK, [("MUG", "1", 0), ("TRAY", "2", 0)]) == 2
    with store.writing() as writing:
        assert upsert(writing, STOCK, [("MUG", "1", 0), ("TRAY", "3", 0)]) == 1
    with store.reading():
        numbers = dict(MIRROR["stock"].select(column("stock", "sku"), MIRROR["stock"].seq).tuples())
        assert numbers["MUG"] < numbers["TRAY"] == ledger.reading_of(ledger.CATALOGUE)


def test_what_was_taken_away_can_come_back_as_it_was(store):
    with store.writing() as writing:
        upsert(writing, STOCK, [("MUG", "1", 0)])
        assert take_away(writing, STOCK, ["MUG", "never there"]) == 1
    with store.writing() as writing:
        assert upsert(writing, STOCK, [("MUG", "1", 0)]) == 1


def test_what_is_undone_leaves_no_trace(store):
    with store.writing() as writing:
        upsert(writing, STOCK, [("MUG", "1", 0)])
        writing.undone = True
    with store.reading():
        assert MIRROR["stock"].select().count() == ledger.reading_of(ledger.SEQUENCE) == 0


def test_a_reader_that_goes_by_numbers_misses_nothing_of_slow_and_fast_writers(place):
    """Writers that draw a number early and commit late must never let a later number be seen first; nor may one that
    imports, and lets the others commit meanwhile."""
    writers, rounds = 4, 12
    stores = [open_store(*place) for _ in range(writers)]
    reader = open_store(*place)
    done = threading.Event()

    def write(store, name, *, slow):
        for n in range(rounds):
            with store.importing() if slow and n % 2 else store.writing() as writing:
                number = writing.number
                if slow:
                    done.wait(0.002)  # a slow writer: holds its number while others want theirs
                upsert(writing, STOCK, [(f"{name}-{n}", str(number), 0)])

    threads = [
        threading.Thread(target=write, args=(store, f"W{n}"), kwargs={"slow": n % 2 == 0})
        for n, store in enumerate(stores)
    ]
    seen: list[str] = []
    since = 0
    for thread in threads:
        thread.start()
    while len(seen) < writers * rounds:
        ended = not any(thread.is_alive() for thread in threads)
        with reader.reading():
            stock = MIRROR["stock"]
            fresh = list(stock.select(column("stock", "sku"), stock.seq).where(stock.seq > since).tuples())
        seen += [sku for sku, _ in fresh]
        since = max([since, *(seq for _, seq in fresh)])
        if ended and not fresh:
            break
    for thread in threads:
        thread.join(HANG_GUARD)
    assert sorted(seen) == sorted(f"W{w}-{n}" for w in range(writers) for n in range(rounds))
    for store in (*stores, reader):
        store.close()


def test_an_answer_that_would_fill_the_memory_comes_row_by_row(store):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    with store.reading():
        answer = streamed(RawQuery(endless, _database=current()))
        assert list(islice(answer, 2 * AT_A_TIME)) == [(number,) for number in range(1, 2 * AT_A_TIME + 1)]
        answer.close()


def test_a_reader_sees_one_moment_while_a_writer_goes_on(place, store):
    other = open_store(*place)
    office = StoreOffice(other)
    with store.reading():
        before = ledger.reading_of(ledger.CATALOGUE)
        office.load(price_lists="id,name,currency\nA,A,GBP\n")
        assert ledger.reading_of(ledger.CATALOGUE) == before
    with store.reading():
        assert ledger.reading_of(ledger.CATALOGUE) > before
    other.close()
