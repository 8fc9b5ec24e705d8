import socket
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.outbox_device import FakeClock
from wizterm.protocol.backoff import Backoff
from wizterm.protocol.faults import NotOurServerError, Stranger, Unreachable, UnreachableError
from wizterm.protocol.ping import Pong
from wizterm.protocol.problem import Code, problem
from wizterm.sync.connectivity import Connectivity, judge
from wizterm.sync.probe import Probe
from wizterm.sync.route import RouteWatcher, source_address

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def pong(nonce="n1", server="s1", ahead=0):
    return Pong(nonce=nonce, server=server, epoch="e1", time=NOW - timedelta(seconds=ahead), protocol=1)


def state(answer, server="s1"):
    return judge(answer, "n1", server, NOW).state


def test_our_server_with_our_nonce_is_online():
    sight = judge(pong(), "n1", "s1", NOW)
    assert (sight.state, sight.epoch) == (Connectivity.ONLINE, "e1")


def test_a_server_not_met_before_is_taken_as_it_is():
    assert state(pong(), server="") is Connectivity.ONLINE


def test_an_old_answer_of_our_own_server_is_a_portals_doing():
    assert state(pong(nonce="another")) is Connectivity.PORTAL


def test_another_server_at_our_address_is_not_ours():
    assert state(pong(server="s2")) is Connectivity.PORTAL


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (UnreachableError("x", Unreachable.NO_ROUTE), Connectivity.NO_NETWORK),
        (UnreachableError("x", Unreachable.TIMED_OUT), Connectivity.NO_NETWORK),
        (UnreachableError("x", Unreachable.REFUSED), Connectivity.SERVER_TROUBLE),
        (UnreachableError("x", Unreachable.CUT_OFF), Connectivity.SERVER_TROUBLE),
        (UnreachableError("x", Unreachable.GATEWAY), Connectivity.SERVER_TROUBLE),
        (UnreachableError("x", Unreachable.BUSY), Connectivity.SERVER_TROUBLE),
        *[(NotOurServerError("x", kind), Connectivity.PORTAL) for kind in Stranger if kind is not Stranger.CLOCK],
        (NotOurServerError("x", Stranger.CLOCK), Connectivity.CLOCK),
        (problem(401, Code.SIGN_IN_NEEDED, "x"), Connectivity.SIGN_IN_NEEDED),
        (problem(429, Code.TOO_MANY, "x"), Connectivity.SERVER_TROUBLE),
        (problem(500, Code.SERVER_TROUBLE, "x"), Connectivity.SERVER_TROUBLE),
    ],
    ids=str,
)
def test_every_failure_has_its_state_and_its_words(error, expected):
    sight = judge(error, "n1", "s1", NOW)
    assert sight.state is expected
    assert sight.words == "x"


def test_every_state_has_words_for_the_status_line():
    assert all(state.value[0].isupper() for state in Connectivity)


@pytest.mark.parametrize(("ahead", "off"), [(0, False), (120, False), (121, True), (-121, True)])
def test_a_clock_that_is_off_is_a_warning_and_no_hindrance(ahead, off):
    sight = judge(pong(ahead=ahead), "n1", "s1", NOW)
    assert sight.state is Connectivity.ONLINE
    assert sight.clock_is_off is off
    assert sight.skew == timedelta(seconds=ahead)


def test_a_probe_asks_with_a_new_nonce_each_time():
    nonces = iter(["n1", "n2"])
    asked = []

    def ping(nonce):
        asked.append(nonce)
        return pong(nonce)

    probe = Probe(ping=ping, server=lambda: "s1", clock=FakeClock(), new_nonce=lambda: next(nonces))
    assert [probe.look().state for _ in range(2)] == [Connectivity.ONLINE] * 2
    assert asked == ["n1", "n2"]


def test_a_probe_that_fails_is_a_state_and_no_error():
    def ping(nonce):
        raise UnreachableError("x", Unreachable.NO_ROUTE)

    probe = Probe(ping=ping, server=lambda: "s1", clock=FakeClock(), new_nonce=lambda: "n1")
    assert probe.look().state is Connectivity.NO_NETWORK


def test_a_changed_way_out_is_noticed_once():
    sources = iter(["10.0.0.5", "10.0.0.5", "", "192.168.1.7", "192.168.1.7"])
    watcher = RouteWatcher(lambda: next(sources))
    assert [watcher.changed() for _ in range(4)] == [False, True, True, False]


def test_the_way_out_is_found_without_a_byte_of_traffic():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(0)
        assert source_address("127.0.0.1", listener.getsockname()[1]) == "127.0.0.1"
        with pytest.raises(BlockingIOError):
            listener.recv(1)


def test_no_way_out_is_an_empty_address():
    assert source_address("not an address", 1) == ""


def test_rests_are_drawn_from_the_whole_range_below_their_bound():
    drawn = []

    def jitter(low, high):
        drawn.append((low, high))
        return low

    backoff = Backoff(jitter)
    for _ in range(6):
        backoff.next()
    assert drawn == [(0.2, 2), (0.2, 4), (0.2, 8), (0.2, 16), (0.2, 30), (0.2, 30)]


def test_a_thousand_failures_do_not_overflow():
    backoff = Backoff(lambda low, high: high)
    assert [backoff.next() for _ in range(2000)][-1] == 30
