"""The program ends with its terminal and when it is told to, and leaves things in order."""

import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.support.patience import HANG_GUARD
from tests.support.pty_terminal import ROOT
from tests.terminal.order_desk import PROGRAM, order_desk

ALT_SCREEN_OFF, MOUSE_OFF, CURSOR_ON, KEYBOARD_BACK = b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h", b"\x1b[<u"

PAINT, STICK = b"\x1b[17~", b"\x1b[19~"


@pytest.fixture
def note(tmp_path):
    """Written by the program's `on_unmount`."""
    return tmp_path / "left"


def appears(path):
    deadline = time.monotonic() + HANG_GUARD
    while not path.exists():
        assert time.monotonic() < deadline, f"{path.name} was not written"
        time.sleep(0.02)


def last_frame(screen):
    return [line.split()[:2] for line in screen.splitlines() if line.startswith("60 ")]


def test_a_lost_connection_ends_it_in_good_order(note):
    with order_desk("steady", note) as terminal:
        terminal.hang_up()
        assert terminal.ended() == 128 + signal.SIGHUP
    assert note.exists()


def test_a_lost_connection_ends_it_although_hang_ups_are_ignored(note):
    with order_desk("steady", note, ignore_hang_up=True) as terminal:
        terminal.hang_up()
        assert terminal.ended() == 128 + signal.SIGHUP
    assert note.exists()


def test_textual_alone_lives_on_without_a_terminal_and_burns_a_core():
    with order_desk("plain", ignore_hang_up=True) as terminal:
        process = psutil.Process(terminal.pid)
        terminal.hang_up()
        before = process.cpu_times().user
        deadline = time.monotonic() + HANG_GUARD
        while process.cpu_times().user < before + 0.5:
            assert time.monotonic() < deadline, "it did not spin"
            time.sleep(0.05)


def test_an_input_that_is_at_its_end_ends_it():
    done = subprocess.run(
        [sys.executable, PROGRAM, "steady"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        timeout=HANG_GUARD,
        check=False,
    )
    assert done.returncode == 128 + signal.SIGHUP


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_good_order_and_restores_the_terminal(number, note):
    with order_desk("steady", note) as terminal:
        terminal.signal(number)
        assert terminal.ended() == 128 + number
        left = bytes(terminal.output)
    assert note.exists()
    for restored in (ALT_SCREEN_OFF, MOUSE_OFF, CURSOR_ON, KEYBOARD_BACK):
        assert restored in left


def test_textual_alone_leaves_the_terminal_in_its_own_state_at_sigterm(note):
    with order_desk("plain", note) as terminal:
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == -signal.SIGTERM
        assert ALT_SCREEN_OFF not in terminal.output
    assert not note.exists()


def test_sigterm_ends_it_in_good_order_while_the_terminal_is_stalled(note):
    with order_desk("steady", note) as terminal:
        terminal.send(PAINT)
        terminal.stall()
        terminal.signal(signal.SIGTERM)
        assert terminal.ended(reading=False) == 128 + signal.SIGTERM
    assert note.exists()


def test_a_terminal_that_reads_again_after_a_stall_shows_the_latest_frame(note):
    with order_desk("steady", note) as terminal:
        terminal.send(PAINT)
        terminal.stall()
        appears(note.with_suffix(".painted"))
        terminal.shows("submitted: painted")
        terminal.until(lambda screen: last_frame(screen) == [["60", str(n)] for n in range(15)], "the last frame")


def test_sigterm_ends_it_while_its_loop_is_stuck(note):
    with order_desk("steady", note) as terminal:
        terminal.send(STICK)
        terminal.shows("stuck")
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 128 + signal.SIGTERM
        assert ALT_SCREEN_OFF in terminal.output
    assert not note.exists()
