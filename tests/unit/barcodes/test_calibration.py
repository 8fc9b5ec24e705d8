"""Learning a keyboard from the codes of the sheet."""

import pytest

from wizterm.domain.barcodes.calibration import CODES, CalibrationError, learn, repaired
from wizterm.domain.barcodes.layouts import _BOARDS, LAYOUTS

_US = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./", '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'


def typed_on(board, text):
    keys = dict(zip("".join(_US), "".join(_BOARDS[board]), strict=True))
    return "".join(keys.get(sign, sign) for sign in text)


@pytest.mark.parametrize("board", LAYOUTS)
def test_what_was_learnt_mends_what_is_scanned(board):
    table = learn([typed_on(board, code) for code in CODES])
    for meant in ("9520000000059", "QWAZM-YZ/17_x", "]C10109520000000059", "https://a.example/01/2?10=B", "(01)1,2@b"):
        assert repaired(typed_on(board, meant), table) == meant


def test_a_right_keyboard_teaches_nothing():
    assert learn(CODES) == {}
    assert repaired("ABC-1", {}) == "ABC-1"


def test_caps_lock_is_learnt():
    table = learn([code.swapcase() for code in CODES])
    assert repaired("abc-1", table) == "ABC-1"


def test_a_dead_key_that_doubles_is_learnt():
    third = CODES[2].replace("=", "\u00b4\u00b4")
    assert repaired("a\u00b4\u00b4b", learn([*CODES[:2], third])) == "a=b"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (CODES[:2], "scan each of the sheet"),
        (("123", *CODES[1:]), "Code 1 arrived with 3 signs"),
        ((CODES[0], CODES[1][:-1], CODES[2]), "Code 2 arrived"),
        ((*CODES[:2], CODES[2][:-4]), "Code 3 arrived"),
        (("0" * 36, *CODES[1:]), "scan it again"),
    ],
)
def test_a_code_that_came_torn_is_asked_for_again(typed, told):
    with pytest.raises(CalibrationError, match=told):
        learn(typed)
