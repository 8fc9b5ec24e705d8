"""Where the screens cannot be shown, a sentence says why and what to do instead."""

import subprocess
import sys

from tests.support.pty_terminal import ROOT, PtyTerminal

ASK = "import sys; from wizterm.terminal.usable import usable_terminal; print(usable_terminal(), file=sys.stderr)"


def test_a_terminal_is_usable():
    with PtyTerminal.python("-c", ASK) as terminal:
        terminal.shows("None")


def test_a_terminal_that_cannot_place_text_is_not():
    with PtyTerminal.python("-c", ASK, environment={"TERM": "dumb"}) as terminal:
        terminal.shows("(TERM=dumb) cannot place text")
        terminal.shows("wizterm --help")


def test_an_input_that_is_no_terminal_is_not():
    command = [sys.executable, "-c", ASK]
    said = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=ROOT, check=True)
    assert said.stderr.startswith("WizTerm's screens need a keyboard, but the input is not a terminal. Use the")


def test_the_app_can_be_imported_without_the_modules_of_posix():
    hide = "import sys; sys.modules.update(termios=None, tty=None, fcntl=None)"
    importing = f"{hide}; import wizterm.terminal.app, wizterm.terminal.usable, wizterm.terminal.reader"
    subprocess.run([sys.executable, "-c", importing], cwd=ROOT, check=True)
