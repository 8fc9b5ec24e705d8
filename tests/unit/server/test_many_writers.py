"""What several processes on one PostgreSQL can do to each other, and what comes of it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from peewee import OperationalError

from tests.support.documents_making import enveloped, order
from wizterm.protocol.documents import Refused, Taken
from wizterm.server.intake import taking
from wizterm.server.store import ledger
from wizterm.server.store.base import current
from wizterm.server.store.ledger import Counter, Fact
from wizterm.server.store.opening import open_store
from wizterm.server.store.store import StoreError

HANG_GUARD = 30.0


@pytest.fixture
def store_url(postgres):
    with postgres.database() as url:
        yield url


@pytest.fixture
def store(tmp_path, store_url):
    with closing(open_store(tmp_path, store_url)) as opened:
        yield opened


def both(one, other):
    """What two answer who do it at the same time."""
    with ThreadPoolExecutor(2) as pool:
        return [done.result(HANG_GUARD) for done in (pool.submit(one), pool.submit(other))]


def meeting():
    """Two threads go on from here together, the first time that each comes by."""
    barrier, came = threading.Barrier(2), set()

    def meet():
        if len(came) < 2 and threading.get_ident() not in came:
            came.add(threading.get_ident())
            barrier.wait(HANG_GUARD)

    return meet


def test_postgres_two_reps_who_bring_one_id_at_once_get_a_receipt_and_a_refusal(house, kim, monkeypatch):
    lee = house.sign_in("LEE")
    meet, judge = meeting(), taking.judge
    monkeypatch.setattr(taking, "judge", lambda *judged: meet() or judge(*judged))
    kims = order(kim, "C1")
    lees = order(lee, "C2", id=kims.id)
    answers = both(lambda: house.post(kim, kims)[0], lambda: house.post(lee, lees)[0])
    assert {type(answer) for answer in answers} == {Taken, Refused}
    assert house.post(kim, kims)[0] == answers[0]


def test_postgres_one_document_brought_twice_at_once_has_one_receipt(house, kim):
    document = enveloped(order(kim, "C1"))
    answers = both(lambda: house.post(kim, document)[0], lambda: house.post(kim, document)[0])
    assert isinstance(answers[0], Taken)
    assert answers[0] == answers[1]
    assert len(house.told(kim)) == 1


def test_postgres_a_connection_that_was_lost_is_not_noticed_by_a_caller(house, kim, store):
    first = house.post(kim, order(kim, "C1"))[0]
    with store.writing():
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        current().execute_sql(f"{others} AND datname = current_database()").fetchall()
    second = house.post(kim, order(kim, "C1"))[0]
    assert second.sequence > first.sequence


def test_postgres_two_that_wait_for_each_other_both_get_through(store):
    meet, tries = meeting(), []

    def add(names):
        def work():
            tries.append(names)
            with store.writing():
                for place, name in enumerate(names):
                    Counter.update(value=Counter.value + 1).where(Counter.name == name).execute()
                    if not place:
                        meet()

        return lambda: store.again(work)

    names = [ledger.CATALOGUE, ledger.INSTALLATIONS]
    with store.reading():
        before = [ledger.reading_of(name) for name in names]
    both(add(names), add(names[::-1]))
    with store.reading():
        assert [ledger.reading_of(name) for name in names] == [count + 2 for count in before]
    assert len(tries) == 3


def test_postgres_work_that_fails_for_its_own_fault_is_done_once(store):
    tries = []

    def work():
        tries.append(1)
        with store.writing():
            current().execute_sql("SELECT no_such_column")

    with pytest.raises(Exception, match="no_such_column"):
        store.again(work)
    assert tries == [1]


@pytest.mark.parametrize("limit", ["statement_timeout", "lock_timeout"])
def test_postgres_nobody_waits_for_ever(tmp_path, store_url, store, limit):
    with closing(open_store(tmp_path, f"{store_url}&options=-c%20{limit}%3D100")) as impatient, store.writing():
        Fact.update(value="held").where(Fact.name == "epoch").execute()

        def wait():
            with impatient.writing():
                Fact.update(value="wanted").where(Fact.name == "epoch").execute()

        with pytest.raises(OperationalError, match="timeout"), ThreadPoolExecutor(1) as pool:
            pool.submit(wait).result(HANG_GUARD)


def test_postgres_every_connection_has_limits_of_its_own(store):
    with store.reading():
        said = [current().execute_sql(f"SHOW {name}").fetchone()[0] for name in ("statement_timeout", "lock_timeout")]
    assert said == ["30s", "30s"]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://kim:secret@127.0.0.1:1/orders", "cannot be used"),
        ("postgresql://kim:secret@127.0.0.1:1/orders?nonsense=1", "no address of a database"),
        ("mysql://kim:secret@127.0.0.1/orders", "no kind of store"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_without_its_password(tmp_path, url, words):
    with pytest.raises(StoreError, match=words) as caught:
        open_store(tmp_path, url)
    assert "secret" not in str(caught.value)
