"""GS1 element strings in every form that readers send."""

import time
from datetime import date

import pytest

from tests.support.patience import HANG_GUARD
from wizterm.domain.barcodes.check_digits import with_check_digit
from wizterm.domain.barcodes.elements import gs1_date

GTIN = "09520000000059"
WHOLE = {"gtin14": GTIN, "batch": "LOT7", "serial": "A1", "expiry": date(2027, 1, 31)}


@pytest.mark.parametrize(
    "code",
    [
        f"]C101{GTIN}1727013110LOT7\x1d21A1",
        f"]e001{GTIN}1727013121A1\x1d10LOT7",
        f"]d201{GTIN}10LOT7\x1d1727013121A1",
        f"]Q301{GTIN}10LOT7\x1d\x1d1727013121A1\x1d",
        f"]J101{GTIN}10LOT7\x1d1727013121A1",
        f"\x1d01{GTIN}10LOT7\x1d1727013121A1",
        f"01{GTIN}10LOT7\x1d1727013121A1",
        f"^01{GTIN}10LOT7^1727013121A1",
        f"␝01{GTIN}10LOT7␝1727013121A1",
        f"(01){GTIN}(10)LOT7(17)270131(21)A1",
        f"(01) {GTIN} (17) 270131 (10) LOT7 (21) A1",
        f"[)>\x1e05\x1d01{GTIN}10LOT7\x1d1727013121A1\x1e\x04",
    ],
)
def test_every_form_of_a_message_says_the_same(read, code):
    reading = read(code)
    assert {name: getattr(reading, name) for name in WHOLE} == WHOLE
    assert reading.valid


@pytest.mark.parametrize("sign", ["#", "|", "^", "~", "@"])
def test_a_sign_that_no_value_holds_can_only_be_the_separator(read, sign):
    assert read(f"01{GTIN}10LOT7{sign}17270131").expiry == date(2027, 1, 31)
    assert not read(f"01{GTIN}10LOT7{sign}ZZ").valid


def test_a_substitute_that_values_hold_is_a_setting(read):
    code = f"01{GTIN}10LOT7_17270131"
    assert read(code, fnc1_substitute="_").expiry == date(2027, 1, 31)
    assert read(code).batch == "LOT7_17270131"


def test_a_substitute_in_an_article_code_is_just_a_sign(read):
    assert read("PAL#3", fnc1_substitute="#").valid
    assert read("PAL#3", fnc1_substitute="#").text == "PAL#3"


def test_a_pallet_with_its_content_is_read_without_an_identifier(read):
    reading = read(f"00{with_check_digit('19520000000000001')}02{GTIN}3724")
    assert [key for key, _ in reading.elements] == ["00", "02", "37"]
    assert reading.gtin14 is None


def test_a_lost_separator_that_shows_leaves_the_product_and_nothing_else(read):
    reading = read(f"01{GTIN}10LOT123456781727013121A1")
    assert reading.gtin14 == GTIN
    assert not reading.valid
    assert (reading.batch, reading.serial, reading.expiry) == (None, None, None)


def test_a_value_of_full_length_without_a_separator_is_a_lost_one(read):
    serial = "X" * 20
    assert read(f"01{GTIN}21{serial}\x1d17270131").serial == serial
    lost = read(f"01{GTIN}21{serial}17270131")
    assert (lost.gtin14, lost.serial, lost.expiry, lost.valid) == (GTIN, None, None, False)


def test_a_lost_separator_that_may_be_makes_the_rest_unverified(read):
    doubtful, clear = read(f"01{GTIN}10LOT717270131"), read(f"01{GTIN}1727013110LOT7")
    assert doubtful.unverified
    assert "separator" in doubtful.why
    assert doubtful.valid
    assert not clear.unverified


@pytest.mark.parametrize(
    "code",
    [
        "(8007)DE89370400440532013000",
        "(422)276",
        "(423)276528",
        "(3932)978001100",
        "(4307)DE",
        "(8006)095200000000590202",
        "(8003)09520000000059A1",
        "(7007)261101",
    ],
)
def test_what_keeps_the_standard_is_right(read, code):
    assert read(code).valid, read(code).why


@pytest.mark.parametrize(
    "code",
    [
        "]C10109520000000058",
        "]C1019520000000059",
        "]C117270231",
        "]C117271301",
        "(414)9520000000058",
        "(422)999",
        "(3932)001100",
        "(8006)095200000000590302",
        "(8007)DE00370400440532013000",
        "(4307)ZZ",
        "(253)9520000000058",
        "(10)",
        "(10)(21)5",
        "(09)123",
        "(10)a^b",
        "]C110A\x1d10B",
        "]C1",
        "]C1~~~",
        f"]C199{'x' * 91}",
    ],
)
def test_what_breaks_the_standard_is_refused_with_a_reason(read, code):
    reading = read(code)
    assert not reading.valid
    assert reading.why
    assert reading.gtin14 is None


def test_the_content_of_a_pallet_is_not_the_thing_scanned(read):
    reading = read(f"]C102{GTIN}3724")
    assert reading.gtin14 is None
    assert reading.elements == (("02", GTIN), ("37", "24"))


def test_a_plain_case_number_is_not_taken_apart(read):
    assert read("01234567890128").gtin14 == "01234567890128"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("270200", date(2027, 2, 28)),
        ("281200", date(2028, 12, 31)),
        ("760101", date(2076, 1, 1)),
        ("770101", date(1977, 1, 1)),
    ],
)
def test_a_date_is_in_the_nearest_century_and_day_00_is_the_months_end(text, day):
    assert gs1_date(text, date(2026, 11, 21)) == day


def test_a_long_message_without_separators_is_refused_at_once(read):
    began = time.perf_counter()
    assert not read("]C1" + "10A" * 1300).valid
    assert time.perf_counter() - began < HANG_GUARD


def test_an_industrys_envelope_is_text(read):
    code = "[)>\x1e06\x1dP123\x1dQ5\x1e\x04"
    assert (read(code).text, read(code).gtin14, read(code).valid) == (code, None, True)
    assert "␝" in read(code).visible
