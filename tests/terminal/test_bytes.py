"""What goes over the line: a list must be usable on a slow one."""

import pytest

from tests.support.pty_terminal import ROOT, PtyTerminal

DOWN, SAME, ONE_CHANGED, MORE = b"\x1b[B", b"\x1b[15~", b"\x1b[17~", b"\x1b[18~"


@pytest.fixture(scope="module")
def long_list():
    with PtyTerminal.python(ROOT / "tests/terminal/programs/long_list.py") as terminal:
        terminal.shows("product 22")
        terminal.rest()
        yield terminal


@pytest.mark.parametrize(
    ("key", "most"),
    [(DOWN, 600), (SAME, 100), (ONE_CHANGED, 300), (MORE, 1500)],
    ids=["moving the cursor", "the same rows again", "one row changed", "a page put below"],
)
def test_a_list_sends_few_bytes_for(long_list, key, most):
    before = len(long_list.output)
    long_list.send(key)
    long_list.rest()
    assert len(long_list.output) - before <= most


def test_a_waiting_input_sends_nothing():
    with PtyTerminal.python(ROOT / "tests/terminal/programs/order_desk.py", "steady") as terminal:
        terminal.shows("ready")
        terminal.rest()
        before = len(terminal.output)
        terminal.rest(1.2)
        assert len(terminal.output) == before
