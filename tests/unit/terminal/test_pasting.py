"""What a terminal sends as a paste is one text, and never a key."""

import itertools

import pytest

pytest.importorskip("textual")

from textual import events

from wizterm.terminal.pasting import LONGEST, PasteCut
from wizterm.terminal.reader import QUIET, Reader

COLOURED = b"\x1b[31mD r\x1b[0m\r\n"
WHOLE = b"a\x1b[200~" + COLOURED * 3 + b"\x1b[201~b"


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def reader(clock):
    return Reader(clock=clock)


def told(messages):
    """Keys by name, a paste by its text in brackets."""
    return [f"[{m.text}]" if isinstance(m, events.Paste) else getattr(m, "key", type(m).__name__) for m in messages]


def fed(reader, *chunks):
    return told(itertools.chain.from_iterable(reader.feed(chunk) for chunk in chunks))


def test_colours_in_a_paste_are_left_out_and_its_letters_are_no_keys(reader):
    assert fed(reader, WHOLE) == ["a", "[" + "D r\r\n" * 3 + "]", "b"]


@pytest.mark.parametrize("cut", range(1, len(WHOLE)))
def test_it_may_be_cut_into_packets_anywhere(reader, cut):
    assert fed(reader, WHOLE[:cut], WHOLE[cut:]) == ["a", "[" + "D r\r\n" * 3 + "]", "b"]


def test_it_may_come_byte_by_byte(reader):
    assert fed(reader, *(bytes([byte]) for byte in WHOLE)) == ["a", "[" + "D r\r\n" * 3 + "]", "b"]


def test_a_mark_whose_packets_come_late_is_a_mark(reader, clock):
    before = fed(reader, b"\x1b[2")
    clock.now += QUIET / 2
    assert [*before, *told(reader.tick()), *fed(reader, b"00~D\x1b[201~")] == ["[D]"]


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        (b"lone \x1b escape", "lone scape"),
        (b"\x1b]0;a title\x07words", "words"),
        (b"\x1b]0;a title without end", "0;a title without end"),
        (b"nul\x00 bell\x07 back\x08 del\x7f", "nul bell back del"),
        ("C1 \x9b31m".encode(), "C1 31m"),
        (b"begins \x1b[200~again", "begins again"),
        (b"half a mark \x1b[201", "half a mark 201"),
        (b"one\ttwo\r\nthree", "one\ttwo\r\nthree"),
        (b"caf\xe9", "caf\ufffd"),
    ],
)
def test_what_a_terminal_would_obey_is_taken_out(reader, sent, text):
    assert fed(reader, b"\x1b[200~" + sent + b"\x1b[201~") == [f"[{text}]"]


def test_a_paste_of_controls_only_is_nothing(reader):
    assert fed(reader, b"\x1b[200~\x1b[31m\x00\x1b[201~a") == ["a"]


def test_of_a_paste_that_is_too_long_its_beginning_is_taken_and_that_is_told(reader):
    first, then = list(reader.feed(b"\x1b[200~" + b"x" * LONGEST + b"D" * 50_000 + b"\x1b[201~"))
    assert first.text == "x" * LONGEST
    assert isinstance(then, PasteCut)
    assert fed(reader, b"a") == ["a"]


def test_a_paste_as_long_as_it_may_be_is_whole(reader):
    assert [type(m) for m in reader.feed(b"\x1b[200~" + b"x" * LONGEST + b"\x1b[201~")] == [events.Paste]


def test_a_paste_without_end_hands_on_what_it_has_and_the_next_key_is_a_key(reader, clock):
    assert fed(reader, b"\x1b[200~words") == []
    assert told(reader.tick()) == []
    clock.now += QUIET
    assert told(reader.tick()) == ["[words]"]
    assert told(reader.tick()) == []
    assert fed(reader, b"\x1b[19~", b"a") == ["f8", "a"]


def test_a_paste_that_a_line_held_up_goes_on_behind_the_gap(reader, clock):
    fed(reader, b"\x1b[200~first")
    clock.now += 10 * QUIET
    assert told(reader.tick()) == ["[first]"]
    assert fed(reader, b"D discards every cart there is", b"\x1b[201~", b"a") == [
        "[D discards every cart there is]",
        "a",
    ]


def test_the_end_that_comes_alone_behind_a_gap_is_the_end(reader, clock):
    fed(reader, b"\x1b[200~first\x1b[20")
    clock.now += QUIET
    assert told(reader.tick()) == ["[first]"]
    assert fed(reader, b"1~", b"a") == ["a"]


def test_an_escape_and_alt_with_a_bracket_are_keys_as_before(reader, monkeypatch):
    monkeypatch.setattr("textual._parser.get_time", itertools.count(0, 10).__next__)
    assert fed(reader, b"\x1b") + told(reader.tick()) == ["escape"]
    assert fed(reader, b"\x1b[") + told(reader.tick()) == ["left_square_bracket"]
