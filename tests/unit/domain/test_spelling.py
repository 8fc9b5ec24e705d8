import pytest

from wizterm.domain.spelling import meant, slips, words

KNOWN = {"heart": 220, "hear": 1, "hanging": 90, "bunting": 12, "lantern": 8, "t": 40}


@pytest.mark.parametrize(
    ("typed", "likeliest"),
    [
        ("haert", "heart"),
        ("hangign", "hanging"),
        ("lamtern", "lantern"),
        ("buntting", "bunting"),
        ("lantren", "lantern"),
    ],
)
def test_a_slip_is_forgiven(typed, likeliest):
    assert meant(typed, KNOWN)[0] == likeliest


def test_a_word_typed_only_in_part_is_guessed_from_its_beginning():
    assert meant("hnag", KNOWN) == ("hanging",)


def test_of_equally_near_words_the_one_on_more_products_comes_first():
    assert meant("hearz", KNOWN) == ("heart", "hear")


@pytest.mark.parametrize("typed", ["te", "85123B", "xylophone"])
def test_what_cannot_be_guessed_is_not(typed):
    assert meant(typed, KNOWN) == ()


def test_swapped_neighbours_are_one_slip():
    assert slips("ab", "ba") == 1
    assert slips("kitten", "sitting") == 3


def test_words_are_small_and_without_accents():
    assert words("Café_Süd 12") == ["cafe", "sud", "12"]
