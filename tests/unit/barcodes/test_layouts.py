"""Codes typed through the wrong keyboard layout."""

import pytest

from wizterm.domain.barcodes.layouts import LAYOUTS, repairs


@pytest.mark.parametrize(
    ("layout", "typed", "meant"),
    [
        ("fr", "çé'à&", "92401"),
        ("fr", "AB)&é-_", "QB-1268"),
        ("fr", "qb1268", "AB1268"),
        ("fr", "à&KK§!", "01KK68"),
        ("azerty", "WQ&", "ZA1"),
        ("be", "W&é§", "Z126"),
        ("de", "YZ-12ß", "ZY/12-"),
        ("it", "code?1", "code_1"),
        ("gb", 'a"b@c', 'a@b"c'),
    ],
)
def test_the_likeliest_meaning_comes_first(layout, typed, meant):
    assert repairs(typed, layout)[0] == meant


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_has_a_place_for_each_key(layout):
    assert repairs("-/_?", layout) is not None


def test_scanners_that_know_the_letters_of_the_board_are_among_the_readings():
    assert "HA112" in repairs("HA&&é", "fr")


def test_caps_lock_alone_is_undone_on_any_board():
    assert "ab-12" not in repairs("AB-12", "us")
    assert "AB12" in repairs("ab12", "it")


def test_a_garbled_number_is_read_when_the_setting_says_so(read):
    assert read("çéàààààààààà(ç", layout_repair="fr").gtin14 is None
    assert read("çéà" + "à" * 8 + "(ç", layout_repair="fr").text == "9200000000059"
    assert read("ç(éàààààààà(ç", layout_repair="fr").gtin14 == "09520000000059"


def test_a_right_number_is_left_alone(read):
    reading = read("9520000000059", layout_repair="fr")
    assert (reading.gtin14, reading.text) == ("09520000000059", "9520000000059")


def test_a_layout_that_is_none_is_told(read):
    assert "keyboard layout" in read("abc", layout_repair="xx").why
