"""The whole program on a real terminal: whatever ends it, the cart is as it was, and a sentence says what is wrong."""

import hashlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing

import pytest

from tests.support.patience import HANG_GUARD
from tests.support.pty_terminal import ROOT, PtyTerminal
from tests.support.whole_app import READY, at_work, cart_on_disk, home_of, in_cart, rep_folder, wizterm

CAKESTAND, BUNTING = ("22423", "1"), ("47566", "1")


@pytest.fixture
def folder(tmp_path):
    return rep_folder(tmp_path / "kim")


def begin_an_order(terminal):
    """One line in the cart, and half a word typed for the next."""
    terminal.send(b"cakestand\r")
    terminal.until(in_cart("22423"), "the cakestand in the cart")
    terminal.send(b"bunt")
    terminal.shows("47566")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_in_the_middle_of_entry_leaves_the_cart_as_it_was(folder, number):
    with at_work(folder) as terminal:
        begin_an_order(terminal)
        terminal.signal(number)
        assert terminal.ended() == 128 + number
        assert "Traceback" not in terminal.text
    assert cart_on_disk(folder) == [CAKESTAND]


def test_a_terminal_that_is_closed_in_the_middle_of_entry_leaves_the_cart_as_it_was(folder):
    with at_work(folder) as terminal:
        begin_an_order(terminal)
        terminal.hang_up()
        assert terminal.ended() == 128 + signal.SIGHUP
    assert cart_on_disk(folder) == [CAKESTAND]


def test_a_kill_in_the_middle_of_entry_leaves_the_cart_as_it_was_and_the_next_start_shows_it(folder):
    with at_work(folder) as terminal:
        begin_an_order(terminal)
        terminal.signal(signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
    with at_work(folder) as terminal:
        terminal.until(in_cart("22423"), "the cakestand in the cart")
    assert cart_on_disk(folder) == [CAKESTAND]


def test_keys_that_arrive_in_one_burst_do_what_they_would_one_by_one(folder):
    with at_work(folder) as terminal:
        terminal.send(b"cakestand\rbunting\r\x1bOS")
        terminal.until(in_cart("47566"), "the bunting in the cart")
        terminal.until(in_cart("22423", listed=0), "the cakestand in the cart")
    assert cart_on_disk(folder) == [CAKESTAND, BUNTING]


def test_a_second_terminal_on_the_folder_says_that_it_only_reads(folder):
    with at_work(folder) as first, at_work(folder) as second:
        second.shows("reading only")
        second.send(b"bunting\r")
        second.shows("cannot be written")
        first.send(b"cakestand\r")
        first.until(in_cart("22423"), "the cakestand in the cart")
    assert cart_on_disk(folder) == [CAKESTAND]


def test_a_damaged_device_file_ends_the_program_with_one_sentence(folder):
    for file in folder.glob("device.db*"):
        file.write_bytes(b"\xff" * 20_000)
    with wizterm("--device", folder, home=folder.parent) as terminal:
        assert terminal.ended() == 1
        assert "device.db cannot be read: the file is damaged" in unwrapped(terminal)
        assert "Traceback" not in terminal.text


def test_a_device_file_that_is_damaged_inside_is_refused_before_more_is_trusted_to_it(folder):
    with closing(sqlite3.connect(folder / "device.db")) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'document'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with (folder / "device.db").open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
    with wizterm("--device", folder, home=folder.parent) as terminal:
        assert terminal.ended() == 1
        assert "device.db cannot be read: the file is damaged" in unwrapped(terminal)


def test_a_device_file_of_a_newer_version_is_left_as_it_is(folder):
    with closing(sqlite3.connect(folder / "device.db", isolation_level=None)) as connection:
        connection.execute("UPDATE schema_migration SET name = '0099_tomorrow'")
    before = digest(folder / "device.db")
    with wizterm("--device", folder, home=folder.parent) as terminal:
        assert terminal.ended() == 1
        assert "was written by a newer WizTerm (schema 0099_tomorrow" in unwrapped(terminal)
    assert digest(folder / "device.db") == before


def test_a_fault_of_the_program_leaves_a_report_and_a_sentence_and_shows_no_values(folder):
    program = ROOT / "tests" / "terminal" / "programs" / "faulty.py"
    home = home_of(folder.parent)
    with PtyTerminal.python(program, "--device", folder, columns=120, lines=40, environment=home) as terminal:
        terminal.shows(READY)
        terminal.rest()
        before = len(terminal.output)
        terminal.send(b"\x1bOP")
        assert terminal.ended() == 1
        left = bytes(terminal.output[before:]).decode(errors="replace")
    (report,) = folder.glob("fault-*.txt")
    assert "WizTerm ended by a fault of its own (IndexError)" in unwrapped(terminal)
    assert report.name in unwrapped(terminal)
    assert "Traceback" not in left
    assert "in stumble" in (written := report.read_text(encoding="utf-8"))
    assert "IndexError" in written
    assert report.stat().st_mode & 0o077 == 0


def test_a_start_without_a_terminal_is_refused_in_a_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "wizterm"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=HANG_GUARD,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: WizTerm's screens need a keyboard")


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_it_takes_an_order_line_inside_tmux(folder):
    server = f"wizterm-test-{uuid.uuid4().hex[:8]}"

    def tmux(*words):
        done = subprocess.run(
            ["tmux", "-L", server, "-f", "/dev/null", *words],
            capture_output=True,
            text=True,
            check=True,
            timeout=HANG_GUARD,
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm-256color", **home_of(folder.parent)},
        )
        return done.stdout

    command = f"{sys.executable} -m wizterm --device {folder}"
    with PtyTerminal(
        ["tmux", "-L", server, "-f", "/dev/null", "new-session", "-x", "120", "-y", "40", command],
        columns=120,
        lines=40,
        environment=home_of(folder.parent),
    ) as terminal:
        try:
            terminal.shows("22423")
            tmux("send-keys", "cakestand", "Enter")
            terminal.until(in_cart("22423"), "the cakestand in the cart")
        finally:
            tmux("kill-server")
        terminal.ended()
    assert cart_on_disk(folder) == [CAKESTAND]


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unwrapped(terminal):
    """What was said, though the terminal broke its lines."""
    return "".join(line.ljust(terminal.screen.columns) for line in terminal.screen.display).replace("  ", "")
