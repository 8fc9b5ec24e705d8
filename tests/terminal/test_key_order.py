"""Keys that arrive together are handled in the order they came; with Textual alone they are not."""

import pytest

from tests.terminal.order_desk import order_desk

BURSTS = {
    "Enter submits what was typed before it": (b"abc\rdef\r", "submitted: first=abc first=def"),
    "Backspace takes back the letter before it": (b"abc\x7fd\r", "submitted: first=abd"),
    "Tab moves on before the next letter": (b"ab\tcd\r", "submitted: next=cd"),
    "a question asked by a worker gets the answer": (b"\x1bOSabc\r", "submitted: answer=abc"),
    "an escaped screen gives the keys back": (b"\x1bOQabc\x1b[27udef\r", "submitted: first=def"),
}


@pytest.mark.parametrize(("typed", "log"), BURSTS.values(), ids=BURSTS.keys())
def test_a_burst_is_handled_in_order(typed, log):
    with order_desk() as terminal:
        terminal.send(typed)
        terminal.shows(log)
        assert terminal.text.startswith(log + "\n")


def test_a_screen_opened_by_a_key_gets_the_letters_after_it():
    with order_desk() as terminal:
        terminal.send(b"\x1bOQabc")
        terminal.shows("second screen")
        terminal.shows("abc")


@pytest.mark.parametrize(("typed", "log"), list(BURSTS.values())[:3], ids=list(BURSTS)[:3])
def test_textual_alone_shows_the_fault(typed, log):
    with order_desk("plain") as terminal:
        terminal.send(typed)
        terminal.rest()
        assert not terminal.text.startswith(log + "\n")


def test_a_pasted_text_keeps_its_place_among_the_keys():
    with order_desk() as terminal:
        terminal.send(b"a\r\x1b[200~pasted\x1b[201~b\r")
        terminal.shows("submitted: first=a first=pastedb")
