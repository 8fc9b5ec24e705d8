from hypothesis import given
from hypothesis import strategies as st

from wizterm.domain.text import plain


def test_an_escape_sequence_becomes_visible_and_harmless():
    assert plain("\x1b[2Jgone") == "␛[2Jgone"


def test_line_ends_become_a_sign_so_that_a_row_stays_a_row():
    assert plain("one\r\ntwo\nthree") == "one⏎two⏎three"


def test_bidi_overrides_and_zero_width_characters_are_left_out():
    assert plain("a\u202eb\u200bc\ufeff") == "abc"


def test_c1_controls_are_replaced():
    assert plain("a\x9b2Jb") == "a�2Jb"


def test_other_scripts_and_emoji_stay_as_they_are():
    text = "Žluťoučký 日本 שלום 👩‍🚀"
    assert plain(text) == text


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_left(text):
    shown = plain(text)
    assert all(ord(c) >= 0x20 and not 0x7F <= ord(c) < 0xA0 for c in shown)
    assert plain(shown) == shown
