import threading

import pytest

from tests.support.patience import HANG_GUARD
from wizterm.sync import agent as agent_module
from wizterm.sync.agent import Agent


class ScriptedConductor:
    def __init__(self):
        self.calls = []
        self.called = threading.Semaphore(0)
        self.rest = None
        self.errors = []

    def once(self, **asked):
        self.calls.append(asked)
        self.called.release()
        if self.errors:
            raise self.errors.pop()
        return self.rest

    def wait(self):
        assert self.called.acquire(timeout=HANG_GUARD)


@pytest.fixture
def conductor():
    return ScriptedConductor()


@pytest.fixture
def events():
    return []


@pytest.fixture
def route():
    return []


@pytest.fixture
def agent(conductor, events, route, monkeypatch):
    monkeypatch.setattr(agent_module, "ROUTE_EVERY", 0.01)
    agent = Agent(
        conductor,
        route_changed=lambda: bool(route) and route.pop(),
        on_route_change=lambda: events.append("route"),
        close=lambda: events.append("closed"),
    )
    agent.start()
    conductor.wait()
    yield agent
    assert agent.stop(HANG_GUARD)


def test_it_looks_at_the_start(agent, conductor):
    assert conductor.calls == [{"pull": False, "whole": False}]


def test_a_nudge_looks_at_once(agent, conductor):
    agent.nudge()
    conductor.wait()
    assert conductor.calls[1] == {"pull": False, "whole": False}


def test_a_wish_for_the_catalogue_is_fulfilled_once(agent, conductor):
    agent.sync_now()
    conductor.wait()
    agent.nudge()
    conductor.wait()
    agent.sync_now(whole=True)
    conductor.wait()
    assert [call["pull"] for call in conductor.calls[1:]] == [True, False, False]
    assert [call["whole"] for call in conductor.calls[1:]] == [False, False, True]


def test_a_changed_route_drops_the_connections_and_looks_at_once(agent, conductor, events, route):
    route.append(True)
    conductor.wait()
    assert events == ["route"]


def test_it_looks_again_when_the_rest_is_over(conductor, events, route, agent):
    conductor.rest = 0.02
    agent.nudge()
    for _ in range(3):
        conductor.wait()


def test_a_fault_of_our_own_does_not_end_the_thread(agent, conductor, caplog):
    conductor.errors = [ZeroDivisionError()]
    agent.nudge()
    conductor.wait()
    agent.nudge()
    conductor.wait()
    assert "a fault of this program" in caplog.text


def test_doubts_while_a_round_runs_do_not_start_another(conductor, events, agent):
    inside = threading.Event()
    let_go = threading.Event()
    once = conductor.once

    def slow(**asked):
        once(**asked)
        inside.set()
        assert let_go.wait(HANG_GUARD)

    conductor.once = slow
    agent.nudge()
    assert inside.wait(HANG_GUARD)
    agent.doubt()
    let_go.set()
    conductor.once = once
    conductor.wait()
    assert not agent._wake.is_set()


def test_connections_are_closed_in_the_end(agent, events):
    assert agent.stop(HANG_GUARD)
    assert events == ["closed"]
