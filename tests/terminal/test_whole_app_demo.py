"""`wizterm demo` leaves nothing behind, however it is left; with --keep it leaves its files."""

import signal

import psutil
import pytest

from tests.support.patience import HANG_GUARD
from tests.support.whole_app import READY, wizterm

CTRL_C, CTRL_X = b"\x03", b"\x18"


@pytest.fixture
def home(tmp_path):
    """Where the demo makes its folder."""
    return tmp_path


def left_running(home):
    """Command lines of processes that work in there."""
    running = [process.info["cmdline"] or () for process in psutil.process_iter(["cmdline"])]
    return [words for words in running if any(str(home) in word for word in words)]


def left_lying(home):
    return [path.name for path in home.iterdir() if path.name.startswith("wizterm-demo-")]


def test_a_scan_counts_and_quitting_leaves_no_process_and_no_file(home):
    with wizterm("demo", home=home) as terminal:
        terminal.shows(READY)
        terminal.shows("85123A")
        terminal.send(b"\x1b[20~85123A\r")
        terminal.shows("+1 → ")
        assert left_running(home)
        assert left_lying(home)
        terminal.send(CTRL_X)
        assert terminal.ended() == 0
    assert left_running(home) == []
    assert left_lying(home) == []


def test_with_keep_a_signal_leaves_the_files_and_no_process(home):
    with wizterm("demo", "--keep", home / "kept", home=home) as terminal:
        terminal.shows(READY)
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 128 + signal.SIGTERM
    assert left_running(home) == []
    assert (home / "kept" / "device" / "device.db").exists()


@pytest.mark.parametrize("how", ["ctrl+c", signal.SIGTERM, signal.SIGHUP])
def test_leaving_while_it_is_set_up_leaves_no_process_and_no_file(home, how):
    with wizterm("demo", home=home) as terminal:
        terminal.shows("Setting up")
        terminal.until(lambda _: bool(left_running(home)), "the server to be set up")
        if how == "ctrl+c":
            terminal.send(CTRL_C)
        else:
            terminal.signal(how)
        assert terminal.ended() != 0
        assert "Traceback" not in terminal.text
    assert left_running(home) == []
    assert left_lying(home) == []


def test_killing_it_leaves_no_process(home):
    with wizterm("demo", "--keep", home / "kept", home=home) as terminal:
        terminal.shows(READY)
        server = [process for process in psutil.process_iter(["cmdline"]) if "serve" in (process.info["cmdline"] or ())]
        server = [process for process in server if any(str(home) in word for word in process.cmdline())]
        assert len(server) == 1
        terminal.signal(signal.SIGKILL)
        assert psutil.wait_procs(server, HANG_GUARD)[1] == []


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(home):
    (home / "file").touch()
    with wizterm("demo", "--story", "--keep", home / "file" / "in-it", home=home) as terminal:
        assert terminal.ended() == 1
        assert "cannot be made: Not a directory" in terminal.text.replace("\n", "")
