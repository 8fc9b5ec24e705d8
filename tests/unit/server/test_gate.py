"""How much all workers together ask of the outside at once and in a minute, and that they leave it alone while down."""

from contextlib import contextmanager

import pytest

from tests.support.documents_making import order
from wizterm.connectors.base import Done, Later, Unknown
from wizterm.domain.ids import uuid7
from wizterm.server.dispatch.dispatcher import LONGEST_REST, Dispatcher
from wizterm.server.dispatch.gate import FIRST_SHUT_MS, LONGEST_SHUT_MS, MINUTE_MS, TROUBLES, Limits
from wizterm.server.store.paperwork import Delivery

YEARS = 5 * 365 * 24 * 3600


@pytest.fixture
def workers(house):
    """Two that know nothing of each other but the store."""

    def worker(limits=Limits()):  # noqa: B008 - it is frozen
        return Dispatcher(
            house.company.store, house.erp, clock=house.clock, new_id=uuid7, chance=lambda: 1.0, limits=limits
        )

    return worker


def take(house, kim, count):
    house.post(kim, *(order(kim, "C1") for _ in range(count)))


@contextmanager
def meanwhile(house, other):
    """What another worker does while the outside thinks about a document."""
    told, send = [], house.erp.send
    house.erp.send = lambda document: (house.erp.sent.append(document), told.append(other.step()), Done("1"))[-1]
    yield told
    house.erp.send = send


@pytest.mark.parametrize(("at_once", "sent"), [(1, [False]), (2, [False, True])])
def test_no_more_are_with_the_outside_at_once_than_it_bears(house, kim, workers, at_once, sent):
    take(house, kim, 3)
    one, other = workers(Limits(at_once)), workers(Limits(at_once))
    with meanwhile(house, other) as told:
        assert one.step()
    assert told == sent


def test_no_more_begin_in_a_minute_than_it_bears(house, kim, workers):
    take(house, kim, 5)
    one, other = workers(Limits(a_minute=2)), workers(Limits(a_minute=2))
    assert [one.step(), other.step(), one.step(), other.step()] == [True, True, False, False]
    assert other.rest() == MINUTE_MS / 1000
    house.clock.go_on(one.rest())
    assert [other.step(), one.step(), other.step()] == [True, True, False]


def test_an_outside_that_fails_time_and_again_is_left_alone_by_everyone_and_then_asked_by_one(house, kim, workers):
    take(house, kim, TROUBLES + 3)
    one, other = workers(), workers()
    house.erp.answers.extend([Unknown("no route to host"), Later(60, "down")] * TROUBLES)
    assert [one.step() for _ in range(TROUBLES)] == [True] * TROUBLES
    assert [one.step(), other.step()] == [False, False]
    assert other.rest() == FIRST_SHUT_MS / 1000
    house.clock.go_on(other.rest())
    with meanwhile(house, one) as told:
        assert other.step()
    assert told == [False]
    assert [one.step(), other.step()] == [True, True]


def test_the_longer_an_outside_is_down_the_longer_it_is_left_alone_within_bounds(house, kim, workers):
    take(house, kim, 30)
    worker, rests = workers(), []
    house.erp.answers.extend(Later(1, "down") for _ in range(30))
    for _ in range(TROUBLES - 1):
        worker.step()
    for _ in range(12):
        assert worker.step()
        rests.append(worker.rest())
        house.clock.go_on(rests[-1])
    assert rests[:2] == [FIRST_SHUT_MS / 1000, 2 * FIRST_SHUT_MS / 1000]
    assert max(rests) == rests[-1] == LONGEST_SHUT_MS / 1000


def test_a_refusal_is_no_trouble_of_the_outside(house, kim, workers):
    from wizterm.connectors.base import Refused

    take(house, kim, TROUBLES + 1)
    house.erp.answers.extend(Refused("on stop") for _ in range(TROUBLES))
    worker = workers()
    assert [worker.step() for _ in range(TROUBLES + 1)] == [True] * (TROUBLES + 1)


def test_what_a_clock_years_ahead_put_off_is_tried_when_the_clock_is_right(house, kim, workers):
    worker = workers()
    house.clock.go_on(YEARS)
    take(house, house.sign_in("KIM"), 3)
    house.erp.answers.extend([Later(30, "down"), Unknown("time-out")])
    worker.step()
    worker.step()
    house.clock.go_on(-YEARS)
    take(house, house.sign_in("KIM"), 1)
    house.erp.answers.append(Later(600, "this one cannot be booked for days"))
    while worker.step():
        pass
    assert worker.rest() == 0
    while worker.step():
        pass
    with house.company.store.reading():
        beyond = Delivery.next_try > (house.clock.now().timestamp() + 2 * LONGEST_REST) * 1000
        assert Delivery.select().where(beyond).count() == 0
    assert len(house.erp.sent) >= 4
