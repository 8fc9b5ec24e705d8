"""The desk: writes in order and complete, look-ups replaced by newer ones, failures as messages."""

import sqlite3
import threading
from dataclasses import dataclass
from functools import partial

import pytest
from textual.message import Message

from tests.support.patience import HANG_GUARD
from wizterm.desk import Desk
from wizterm.messages import WorkFailed


@dataclass
class Done(Message):
    value: object


class Asker:
    """Stands where a widget stands, and keeps what it is told."""

    def __init__(self):
        self.told = []
        self._changed = threading.Condition()

    def post_message(self, message):
        with self._changed:
            self.told.append(message)
            self._changed.notify_all()
        return True

    def heard(self, count):
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.told) >= count, HANG_GUARD)
        return [message.value for message in self.told if isinstance(message, Done)]


@pytest.fixture
def asker():
    return Asker()


@pytest.fixture
def desk():
    desk = Desk()
    yield desk
    desk.close()


def fail(sentence):
    raise ValueError(sentence)


class Held:
    """Work that waits until it is let go."""

    def __init__(self):
        self.begun, self._free = threading.Event(), threading.Event()

    def __call__(self, value="held"):
        self.begun.set()
        assert self._free.wait(HANG_GUARD)
        return value

    def let_go(self):
        self._free.set()

    def interrupt(self):
        self._free.set()


def test_a_hundred_writes_are_all_done_in_the_order_they_were_asked(desk, asker):
    for number in range(100):
        desk.ask(partial(int, number), Done, asker)
    assert asker.heard(100) == list(range(100))


def test_a_failure_comes_back_and_the_next_write_is_done(desk, asker):
    desk.ask(partial(fail, "no room"), Done, asker)
    desk.ask(partial(int, 7), Done, asker)
    assert asker.heard(2) == [7]
    assert isinstance(asker.told[0], WorkFailed)
    assert str(asker.told[0].error) == "no room"


def test_an_answer_that_cannot_be_made_is_a_failure_too(desk, asker):
    desk.ask(lambda: 1, lambda _: fail("no such answer"), asker)
    asker.heard(1)
    assert str(asker.told[0].error) == "no such answer"


def test_the_asker_may_word_a_failure_itself(desk, asker):
    desk.ask(partial(fail, "no room"), Done, asker, failed=lambda error: Done(str(error)))
    assert asker.heard(1) == ["no room"]


def test_closing_does_what_was_asked_first(desk, asker):
    held = Held()
    desk.ask(held, Done, asker)
    desk.ask(lambda: "second", Done, asker)
    held.begun.wait(HANG_GUARD)
    held.let_go()
    desk.close(HANG_GUARD)
    assert asker.heard(0) == ["held", "second"]


def test_of_the_looks_that_wait_in_one_slot_only_the_newest_is_taken(desk, asker):
    held = Held()
    desk.look("other", held, Done, asker)
    held.begun.wait(HANG_GUARD)
    for number in range(10):
        desk.look("search", partial(int, number), Done, asker)
    held.let_go()
    assert asker.heard(2) == ["held", 9]


def test_a_newer_look_stops_the_running_one_whose_answer_is_dropped(asker):
    held = Held()
    desk = Desk(interrupter=lambda: held.interrupt)
    desk.look("search", held, Done, asker)
    held.begun.wait(HANG_GUARD)
    desk.look("search", lambda: "newer", Done, asker)
    assert asker.heard(1) == ["newer"]
    desk.close()
    assert len(asker.told) == 1


def test_a_look_in_another_slot_waits_its_turn_and_stops_nothing(desk, asker):
    held = Held()
    stopped = []
    desk = Desk(interrupter=lambda: lambda: stopped.append("stopped"))
    desk.look("search", held, Done, asker)
    held.begun.wait(HANG_GUARD)
    desk.look("facts", lambda: "facts", Done, asker)
    assert not stopped
    held.let_go()
    assert asker.heard(2) == ["held", "facts"]
    desk.close()


def test_a_page_that_is_left_does_not_overtake_the_look_of_the_page_that_came(desk, asker):
    held, left = Held(), Asker()
    desk.look("other", held, Done, asker)
    held.begun.wait(HANG_GUARD)
    desk.look("list", lambda: "the page that came", Done, asker)
    desk.look("list", lambda: "the page that is left", Done, left)
    held.let_go()
    assert left.heard(1) == ["the page that is left"]
    assert asker.heard(2) == ["held", "the page that came"]


def test_a_slot_that_is_always_busy_lets_the_others_have_their_turn(desk, asker):
    held = Held()
    desk.look("search", held, Done, asker)
    held.begun.wait(HANG_GUARD)
    desk.look("facts", lambda: "facts", Done, asker)
    desk.look("search", lambda: "search again", Done, asker)
    held.let_go()
    assert asker.heard(2) == ["facts", "search again"]


def test_a_look_never_stops_a_write(asker):
    stopped = []
    writing, looking = Held(), Held()
    desk = Desk(interrupter=lambda: partial(stopped.append, threading.current_thread().name))
    desk.ask(writing, Done, asker)
    writing.begun.wait(HANG_GUARD)
    desk.look("search", looking, Done, asker)
    looking.begun.wait(HANG_GUARD)
    desk.look("search", lambda: "newer", Done, asker)
    assert stopped == ["desk-reader"]
    looking.let_go()
    writing.let_go()
    asker.heard(2)
    desk.close()


def test_a_running_sqlite_query_is_stopped_by_a_newer_look(asker):
    connections = threading.local()
    begun = threading.Event()

    def connection():
        if not hasattr(connections, "open"):
            connections.open = sqlite3.connect(":memory:")
            connections.open.create_function("begin", 0, begun.set)
        return connections.open

    def endless():
        return (
            connection()
            .execute("WITH RECURSIVE n(i) AS (SELECT begin() UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n")
            .fetchone()
        )

    desk = Desk(interrupter=lambda: connection().interrupt, on_thread_end=lambda: connection().close())
    desk.look("search", endless, Done, asker)
    begun.wait(HANG_GUARD)
    desk.look("search", lambda: connection().execute("SELECT 42").fetchone(), Done, asker)
    assert asker.heard(1) == [(42,)]
    desk.close(HANG_GUARD)
    assert len(asker.told) == 1


def test_a_connection_that_cannot_be_opened_is_told_and_does_not_end_the_thread(asker):
    refusals = iter([True, False])
    desk = Desk(interrupter=lambda: fail("no file") if next(refusals) else lambda: None)
    desk.look("search", lambda: 1, Done, asker)
    asker.heard(1)
    desk.look("search", lambda: 2, Done, asker)
    assert asker.heard(2) == [2]
    assert str(asker.told[0].error) == "no file"
    desk.close()


def test_each_thread_closes_what_it_opened(asker):
    ended = []
    desk = Desk(on_thread_end=lambda: ended.append(threading.current_thread().name))
    desk.close(HANG_GUARD)
    assert sorted(ended) == ["desk-reader", "desk-writer"]


def test_an_asker_that_is_gone_ends_nothing(desk, asker):
    class Gone:
        def post_message(self, message):
            raise RuntimeError("Event loop is closed")

    desk.ask(lambda: 1, Done, Gone())
    desk.look("search", lambda: 1, Done, Gone())
    desk.ask(lambda: 2, Done, asker)
    desk.look("facts", lambda: 3, Done, asker)
    assert sorted(asker.heard(2)) == [2, 3]
