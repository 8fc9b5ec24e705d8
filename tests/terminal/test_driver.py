"""Which driver runs, what stands in its input thread, and that a multiplexer changes nothing."""

import shutil
import subprocess
import sys

import pytest
from textual import constants
from textual.drivers.headless_driver import HeadlessDriver

from tests.support.pty_terminal import PtyTerminal
from tests.terminal.order_desk import PROGRAM, order_desk
from wizterm.terminal.app import SteadyApp
from wizterm.terminal.driver import SteadyDriver


def test_our_driver_runs_the_app():
    assert SteadyApp().get_driver_class() is SteadyDriver


def test_a_driver_named_by_the_environment_comes_first(monkeypatch):
    monkeypatch.setattr(constants, "DRIVER", "textual.drivers.headless_driver:HeadlessDriver")
    assert SteadyApp().get_driver_class() is HeadlessDriver


def test_a_gate_holds_keys_back_before_any_widget_and_lets_them_out_at_a_tick():
    with order_desk("gated") as terminal:
        terminal.send(b"\rcba")
        terminal.rest()
        assert "ready" in terminal.text
        assert "c" not in terminal.text.replace("ready", "")
        terminal.send(b"!")
        terminal.shows("submitted: first=!abc")


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_a_burst_is_handled_in_order_inside_tmux(tmp_path):
    tmux = ["tmux", "-S", tmp_path / "socket", "-f", "/dev/null"]
    try:
        with PtyTerminal([*tmux, "new-session", sys.executable, PROGRAM, "steady"]) as terminal:
            terminal.shows("ready")
            terminal.send(b"abc\rde\x7ff\r")
            terminal.shows("submitted: first=abc first=df")
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)
