"""Terminals of any size, and those that change it."""

from tests.support.pty_terminal import PtyTerminal
from tests.terminal.order_desk import PROGRAM, order_desk


def test_a_terminal_too_small_says_what_is_needed_and_shows_the_work_again_when_it_is_not():
    with order_desk() as terminal:
        terminal.send(b"half typed")
        terminal.shows("half typed")
        terminal.resize(50, 12)
        terminal.shows("This terminal is 50x12; please make it at least")
        terminal.shows("60x16")
        assert "half typed" not in terminal.text
        terminal.resize(80, 24)
        terminal.shows("half typed")
        terminal.send(b"!\r")
        terminal.shows("first=half typed!")


def test_a_terminal_that_starts_too_small_works_once_it_is_larger():
    with PtyTerminal.python(PROGRAM, "steady", columns=20, lines=5) as terminal:
        terminal.until(lambda text: "This terminal" in text and "20x5" in text)
        terminal.resize(120, 40)
        terminal.shows("ready")
        terminal.send(b"abc\r")
        terminal.shows("first=abc")


def test_a_storm_of_new_sizes_ends_in_the_last_one():
    with order_desk() as terminal:
        for step in range(40):
            terminal.resize(60 + step, 16 + step % 20)
        terminal.send(b"abc\r")
        terminal.shows("submitted: first=abc")
        terminal.resize(100, 30)
        terminal.until(lambda screen: screen.splitlines()[1].endswith("▔▎"), "the field's right end")
        terminal.until(lambda screen: len(screen.splitlines()[1]) == 100, "a field as wide as the terminal")
