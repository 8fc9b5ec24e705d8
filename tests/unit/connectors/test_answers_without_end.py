"""Answers of an ERP that never come to their end: the worker that asked does."""

from itertools import repeat

import pytest

from tests.support.loopback import loopback
from tests.support.still_clock import StillClock
from wizterm.connectors import http
from wizterm.connectors.faults import Lost
from wizterm.connectors.http import READ_SECONDS, Http

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


@pytest.fixture
def clock():
    return StillClock()


def coming(clock, pieces, seconds):
    """Each piece so many seconds after the one before."""

    def answer(connection, _request):
        pieces_left = list(pieces)
        connection.sendall(HEAD % sum(map(len, pieces_left)))
        for piece in pieces_left:
            clock.go_on(seconds)
            connection.sendall(piece)

    return answer


def asked(clock, pieces, seconds):
    with loopback(coming(clock, pieces, seconds)) as server:
        return Http("Zoho", clock.monotonic).send("GET", server.address)


def test_an_answer_in_pieces_is_whole(clock):
    assert asked(clock, [b"[1", b", ", b"2]"], 1).json() == [1, 2]


def test_an_answer_that_comes_too_slowly_is_lost(clock):
    with pytest.raises(Lost, match="too slowly"):
        asked(clock, repeat(b"x", 100), READ_SECONDS / 50)


def test_an_answer_that_is_too_large_is_not_kept(clock, monkeypatch):
    monkeypatch.setattr(http, "MOST_BYTES", 1_000_000)
    with pytest.raises(Lost, match="too large"):
        asked(clock, repeat(b"x" * 100_000, 20), 0)
