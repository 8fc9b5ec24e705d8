"""Nothing that a terminal, a line or a scanner sends can end the app."""

import pytest

from tests.terminal.order_desk import order_desk

SENT = {
    "a Latin-1 letter": (b"caf\xe9s\r", "first=caf\ufffds"),
    "bytes of no encoding": (b"a\xff\xfe\xc0b\r", "first=a\ufffd\ufffd\ufffdb"),
    "a key with its alternates": (b"\x1b[97:65;2;65ub\r", "first=Ab"),
    "a key with the kind of its event": (b"\x1b[97;1:1;97ub\r", "first=ab"),
    "a key beyond Unicode": (b"a\x1b[99999999;1ub\r", "first=ab"),
    "text beyond Unicode": (b"a\x1b[98;1;99999999uc\r", "first=ac"),
    "a terminal of no size, then the mouse": (b"a\x1b[48;0;0;0;0t\x1b[<0;5;5Mb\r", "first=ab"),
    "a terminal of absurd size": (b"a\x1b[48;99999;99999;1;1tb\r", "first=ab"),
    "Alt with a letter, which is a command": (b"a\x1bwb\r", "first=ab"),
    "Alt and Shift with a letter": (b"a\x1bWb\r", "first=ab"),
    "Alt with a letter from a terminal that says so": (b"a\x1b[119;3ub\r", "first=ab"),
    "a letter made with Alt": (b"a\x1b[115;3;223ub\r", "first=a\xdfb"),
    "the control code that quits Textual": (b"a\x11b\r", "first=ab"),
}


@pytest.mark.parametrize(("sent", "log"), SENT.values(), ids=SENT.keys())
def test_it_is_read_or_left_out_and_the_next_key_works(sent, log):
    with order_desk() as terminal:
        terminal.send(sent)
        terminal.shows(f"submitted: {log}")


def test_a_letter_split_between_two_packets_is_one_letter():
    with order_desk() as terminal:
        terminal.send(b"caf\xc3")
        terminal.shows("caf")
        terminal.send(b"\xa9\r")
        terminal.shows("first=caf\u00e9")


@pytest.mark.parametrize("sent", [b"\xe9s", b"\x1b[97:65;2;65u", b"\x1b[99999999;1u", b"\x11"])
def test_textual_alone_ends(sent):
    with order_desk("plain") as terminal:
        terminal.send(sent)
        terminal.ended()
