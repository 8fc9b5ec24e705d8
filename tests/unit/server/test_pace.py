"""A device that floods is stopped by all processes together, and nobody else feels it."""

from contextlib import closing

import pytest

from tests.support.documents_making import order
from wizterm.protocol.documents import Taken
from wizterm.protocol.problem import Code, ProblemError
from wizterm.server import pace
from wizterm.server.company import open_company
from wizterm.server.in_process import ServerProtocol
from wizterm.server.store.people import DeviceCalls


@pytest.fixture
def processes(house, tmp_path, monkeypatch):
    """Two of one server."""
    monkeypatch.setattr(pace, "MOST_CALLS", 20)
    monkeypatch.setattr(pace, "STEP", 5)
    company = open_company(tmp_path, url=house.url, name="T", connector=house.erp, clock=house.clock)
    with closing(company):
        yield house.server, ServerProtocol(company)


def flood(processes, session):
    """How many calls got through, and what stopped them."""
    return flooded(lambda place: processes[place % 2].stock(session.access_token, "MUG"))


def flooded(call):
    for calls in range(100):
        try:
            call(calls)
        except ProblemError as error:
            return calls, error.problem
    raise AssertionError("nothing stopped a flood")


def test_a_flood_is_stopped_though_it_goes_to_several_processes(house, kim, processes):
    calls, stopped = flood(processes, kim)
    assert 20 <= calls < 20 + 2 * 2 * 5
    assert (stopped.status, stopped.code, stopped.retry_after) == (429, Code.TOO_MANY, pace.WINDOW_MS / 1000)


def test_others_go_on_and_so_does_the_device_when_its_time_is_up(house, kim, processes):
    flood(processes, kim)
    lee = house.sign_in("LEE")
    assert isinstance(house.post(lee, order(lee, "C2"))[0], Taken)
    house.clock.go_on(pace.WINDOW_MS / 1000)
    assert isinstance(house.post(kim, order(kim, "C1"))[0], Taken)


def test_a_device_at_its_usual_pace_writes_nothing_for_it(house, kim):
    for _ in range(pace.STEP - 1):
        house.server.stock(kim.access_token, "MUG")
    with house.company.store.reading():
        assert not DeviceCalls.select().exists()


def test_documents_weigh_too_so_that_few_calls_with_many_are_a_flood(house, kim, monkeypatch):
    monkeypatch.setattr(pace, "MOST_CALLS", 20)
    monkeypatch.setattr(pace, "STEP", 5)
    monkeypatch.setattr(pace, "DOCUMENTS_A_CALL", 1)
    papers = [order(kim, "C1") for _ in range(3)]
    calls, stopped = flooded(lambda _: house.post(kim, *papers))
    assert calls < 10
    assert stopped.status == 429
