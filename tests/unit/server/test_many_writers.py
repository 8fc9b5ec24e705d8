"""What several processes on one PostgreSQL can do to each other, and what comes of it."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from peewee import OperationalError

from tests.support.documents_making import enveloped, head, new_customer, order
from tests.support.patience import HANG_GUARD
from wizterm.protocol.bodies import Party, WishlistBody
from wizterm.protocol.documents import Refused, Taken
from wizterm.protocol.replica import BY_NAME
from wizterm.server.intake import taking
from wizterm.server.store import ledger
from wizterm.server.store.base import current
from wizterm.server.store.ledger import Counter, Fact
from wizterm.server.store.mirror import MIRROR
from wizterm.server.store.opening import open_store
from wizterm.server.store.postgres import READY
from wizterm.server.store.store import StoreError
from wizterm.server.store.upserting import upsert


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


def test_postgres_connections_are_made_before_the_first_calls(store):
    store.engine.make_ready()
    with store.reading():
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle'"
        ((idle,),) = current().execute_sql(others).fetchall()
    assert idle >= READY - 1


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


def changed_by_an_import(writing, customer):
    """Every row of the customer, as another system says them."""
    upsert(writing, BY_NAME["customers"], [(customer, "C7", "As the ERP says", "TRADE", "", "", "", "", "")])
    upsert(writing, BY_NAME["contacts"], [(f"{customer}|main", customer, "Ann", "", "")])
    upsert(writing, BY_NAME["wishlists"], [(f"{customer}|MUG", customer, "MUG", "2026-01-01")])


def revision(kim, made):
    return new_customer(kim, "Fresher Market", id=made.id, revision=2, number=made.number, contact="Bob")


def wish(kim, made):
    head_ = head(kim, "wishlist")
    return WishlistBody(**head_, customer=Party(id=made.id, name="Fresh Market"), removed=("MUG",))


@pytest.mark.parametrize("change", [revision, wish])
def test_postgres_who_waits_for_a_row_of_an_import_keeps_nobody_else_waiting(house, kim, store, change):
    lee, made = house.sign_in("LEE"), new_customer(kim, "Fresh Market", contact="Ann A.")
    house.post(kim, made)
    with store.importing() as writing:
        changed_by_an_import(writing, made.id)
    with ThreadPoolExecutor(1) as pool:
        with store.importing() as writing:
            MIRROR["customers"].update(seq=writing.number).execute()
            for table in ("contacts", "wishlists"):
                MIRROR[table].update(seq=writing.number).execute()
            waiting = pool.submit(house.post, kim, change(kim, made))
            until_somebody_waits(house.company.store, waiting)
            answers = house.post(lee, order(lee, "C2"))
        answers += waiting.result(HANG_GUARD)
    assert {type(answer) for answer in answers} == {Taken}


def until_somebody_waits(store, work):
    deadline = time.monotonic() + HANG_GUARD
    while True:
        assert not work.done(), work.result()
        assert time.monotonic() < deadline
        with store.reading():
            if current().execute_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()[0]:
                return


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
