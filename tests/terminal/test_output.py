"""Writing to a terminal that does not read: nobody waits, and what matters still arrives."""

import os
import threading

import pytest

from tests.support.patience import HANG_GUARD
from wizterm.terminal import output
from wizterm.terminal.output import Output

FRAME = "x" * 10_000


@pytest.fixture
def pipe():
    """A line that holds 64 KB."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb", buffering=0) as far_end:
        yield far_end, writing
        os.close(writing)


@pytest.fixture
def caught_up():
    return threading.Event()


def opened(writing, caught_up):
    line = Output(writing, caught_up.set)
    line.start()
    return line


def test_what_is_written_arrives_in_order(pipe, caught_up):
    far_end, writing = pipe
    line = opened(writing, caught_up)
    for word in ("caf\u00e9 ", "\udcff", " end"):
        line.write(word, keep=False)
    line.close(HANG_GUARD)
    assert far_end.read(100).decode() == "caf\u00e9 ? end"
    assert not caught_up.is_set()


def test_frames_are_dropped_and_a_repaint_is_asked_for_when_the_line_moves_again(pipe, caught_up, monkeypatch):
    monkeypatch.setattr(output, "BACKLOG", 3 * len(FRAME))
    far_end, writing = pipe
    line = opened(writing, caught_up)
    for _ in range(100):
        line.write(FRAME, keep=False)
    line.write("kept", keep=True)
    arrived = b""
    while not arrived.endswith(b"kept"):
        arrived += far_end.read(65536)
    assert len(arrived) < 30 * len(FRAME)
    assert caught_up.wait(HANG_GUARD)
    line.write("again", keep=False)
    line.close(HANG_GUARD)
    assert far_end.read(100) == b"again"


def test_a_line_that_never_moves_does_not_hold_up_the_end(pipe, caught_up):
    _, writing = pipe
    line = opened(writing, caught_up)
    line.write(FRAME * 10, keep=True)
    line.close(0.1)
    assert line.is_alive()
    assert line.daemon


def test_a_line_that_breaks_takes_writes_and_forgets_them(caught_up):
    reading, writing = os.pipe()
    os.close(reading)
    line = opened(writing, caught_up)
    line.write("a", keep=True)
    line.join(HANG_GUARD)
    line.write("b", keep=True)
    line.close(HANG_GUARD)
    os.close(writing)
    assert not line.is_alive()
