import os
import pty
import select
import termios

from tests.support.patience import HANG_GUARD
from wizterm.terminal.silence import unheard_typing


def echoes(terminal):
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def test_what_is_typed_too_early_is_neither_shown_nor_kept(monkeypatch):
    keyboard, terminal = pty.openpty()
    with os.fdopen(keyboard, "wb", buffering=0) as keys, os.fdopen(terminal, "rb", buffering=0) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        assert echoes(stdin.fileno())
        with unheard_typing():
            assert not echoes(stdin.fileno())
            keys.write(b"impatient\n")
            assert select.select([stdin], [], [], HANG_GUARD)[0]
        assert echoes(stdin.fileno())
        keys.write(b"ready\n")
        assert stdin.readline() == b"ready\n"


def test_without_a_terminal_nothing_is_done(monkeypatch, tmp_path):
    with (tmp_path / "piped").open("w+b") as piped:
        monkeypatch.setattr("sys.stdin", piped)
        with unheard_typing():
            assert not piped.isatty()
