"""A demo that is killed takes its processes with it: each has a pipe whose end tells it."""

import subprocess
import sys

import psutil
import pytest

from tests.support.patience import HANG_GUARD

STAGE = """
import sys
from pathlib import Path
from wizterm.demo.stage import Stage
stage = Stage(Path(sys.argv[1]))
stage.open()
print(stage.address, flush=True)
sys.stdin.read()
"""
REP = """
import threading
from wizterm.demo.rep import story_told
story_told()
print("ready", flush=True)
threading.Event().wait()
"""


@pytest.fixture
def started():
    """A program whose first line has come."""
    processes = []

    def started(program, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        processes.append(process)
        assert process.stdout.readline()
        return process

    yield started
    for process in processes:
        process.kill()
        process.communicate()


def test_the_server_goes_with_a_demo_that_is_killed(started, tmp_path):
    demo = started(STAGE, str(tmp_path))
    (server,) = psutil.Process(demo.pid).children()
    demo.kill()
    _, alive = psutil.wait_procs([server], timeout=HANG_GUARD)
    assert not alive


def test_a_server_that_is_told_to_end_while_its_caller_lives_ends_in_good_order(started, tmp_path):
    demo = started(STAGE.replace("sys.stdin.read()", "stage.close()"), str(tmp_path))
    assert demo.wait(HANG_GUARD) == 0
    log = (tmp_path / "server.log").read_text(encoding="utf-8")
    assert "The server has ended." in log
    assert "Fatal Python error" not in log


def test_the_rep_goes_with_a_story_that_is_killed_whatever_it_is_about(started):
    rep = started(REP)
    rep.stdin.close()
    rep.stdin = None
    assert rep.wait(HANG_GUARD) == 0
