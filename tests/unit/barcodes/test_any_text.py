"""Whatever comes, there is an answer, and never a product that the text does not name."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wizterm.domain.barcodes.check_digits import is_gtin, with_check_digit
from wizterm.domain.barcodes.classifier import classify
from wizterm.domain.barcodes.layouts import LAYOUTS
from wizterm.domain.barcodes.measures import REGIONS
from wizterm.domain.barcodes.reading import ScanSettings

TODAY = date(2026, 11, 21)
SIGNS = st.sampled_from(
    [
        "0",
        "1",
        "9",
        "(",
        ")",
        "]",
        "C1",
        "d2",
        "e0",
        "E0",
        "01",
        "10",
        "17",
        "\x1d",
        "^",
        "␝",
        "-",
        "X",
        "https://",
        "/",
        "?",
        "=",
        "%",
        "é",
        "٣",
        "\x00",
        "\x11",
        "|",
        "[)>\x1e",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(SIGNS).map("".join), st.text("0123456789", max_size=40))
SETTINGS = st.builds(
    ScanSettings,
    rcn_region=st.sampled_from(["", "xx", *REGIONS]),
    upce_short=st.booleans(),
    fnc1_substitute=st.sampled_from(["", "|", "#", "0"]),
    layout_repair=st.sampled_from(["", "xx", *LAYOUTS]),
    rule=st.one_of(st.text("0129.{}NDIWPVC:w ", max_size=20), st.just("22......{NNDD}.")),
)


@given(TEXTS, SETTINGS)
@example("]", ScanSettings())
@example("]Y", ScanSettings())
@example("\ud800", ScanSettings())
@settings(max_examples=600, deadline=None)
def test_any_text_with_any_setting_is_answered(text, given_settings):
    reading = classify(text, given_settings, today=TODAY)
    assert reading.valid or reading.why
    assert all(len(gtin) == 14 and is_gtin(gtin) for gtin in (reading.gtin14, *reading.others) if gtin)
    assert not any(ord(sign) < 32 for sign in reading.visible)


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(payload, place, change):
    number = with_check_digit(payload)
    wrong = number[:place] + str((int(number[place]) + change) % 10) + number[place + 1 :]
    assert classify(wrong, today=TODAY).gtin14 is None


@given(st.text("0123456789", min_size=12, max_size=12).filter(lambda text: text.strip("0")), st.integers(1, 12))
def test_a_truncated_number_is_never_taken_for_the_whole(payload, kept):
    number = with_check_digit(payload)
    assert classify(number[:kept], today=TODAY).gtin14 != number.zfill(14)


@pytest.mark.parametrize("length", [4096, 5000, 100_000])
@pytest.mark.parametrize(
    "pattern", ["9", "01", "]C110A", "\x1d", "(10)A", "https://a/01/", "%", "é", "|]e0", "10A\x1d"]
)
def test_thousands_of_characters_are_refused_or_read_and_never_a_product(length, pattern):
    reading = classify((pattern * length)[:length], today=TODAY)
    assert reading.gtin14 is None
