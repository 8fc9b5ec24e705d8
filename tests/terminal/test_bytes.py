"""What goes over the line: a list must be usable on a slow one."""

import pytest

from tests.support.pty_terminal import ROOT, PtyTerminal
from tests.terminal.programs.marking import MARK, PAINTED

DOWN, SAME, ONE_CHANGED, MORE = b"\x1b[B", b"\x1b[15~", b"\x1b[17~", b"\x1b[18~"


@pytest.fixture(scope="module")
def long_list():
    with PtyTerminal.python(ROOT / "tests/terminal/programs/long_list.py") as terminal:
        terminal.shows("product 22")
        sent_for(terminal, b"")
        yield terminal


def sent_for(terminal, keys):
    """How many bytes the program sends until all that comes of the keys is painted."""
    before = len(terminal.output)
    terminal.send(keys + MARK)
    terminal.until(lambda _: PAINTED.encode() in terminal.output[before:], "everything to be painted")
    return terminal.output.index(PAINTED.encode(), before) - before


@pytest.mark.parametrize(
    ("key", "most"),
    [(DOWN, 600), (SAME, 100), (ONE_CHANGED, 300), (MORE, 1500)],
    ids=["moving the cursor", "the same rows again", "one row changed", "a page put below"],
)
def test_a_list_sends_few_bytes_for(long_list, key, most):
    assert sent_for(long_list, key) <= most


def test_a_waiting_input_sends_nothing():
    with PtyTerminal.python(ROOT / "tests/terminal/programs/waiting_input.py") as terminal:
        terminal.shows("waiting")
        sent_for(terminal, b"")
        before = len(terminal.output)
        terminal.rest(1.2)
        assert len(terminal.output) == before
