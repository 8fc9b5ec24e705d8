"""Plain digits: GTINs of every length, UPC-E, add-ons, books."""

import pytest

from wizterm.domain.barcodes import books, upce
from wizterm.domain.barcodes.check_digits import checks, verifier, with_check_digit


@pytest.mark.parametrize(
    ("code", "gtin14", "symbology"),
    [
        ("9520000000059", "09520000000059", "EAN-13"),
        ("95200002", "00000095200002", "EAN-8"),
        ("042100005264", "00042100005264", "UPC-A"),
        ("0042100005264", "00042100005264", "UPC-A"),
        ("19520000000056", "19520000000056", "ITF-14"),
        ("  9520000000059\r\n", "09520000000059", "EAN-13"),
        ("]E09520000000059", "09520000000059", "EAN-13"),
        ("]E495200002", "00000095200002", "EAN-8"),
        ("]E004252614", "00042100005264", "UPC-E"),
        ("]E0042100005264", "00042100005264", "UPC-A"),
        ("]I119520000000056", "19520000000056", "ITF-14"),
        ("]C09520000000059", "09520000000059", "Code 128"),
    ],
)
def test_a_number_of_the_trade_is_known_by_its_length_and_check_digit(read, code, gtin14, symbology):
    reading = read(code)
    assert (reading.gtin14, reading.symbology, reading.valid) == (gtin14, symbology, True)


@pytest.mark.parametrize("code", ["9520000000058", "042100005263", "19520000000057", "]E09520000000058", "]E4952000"])
def test_a_wrong_check_digit_gives_no_product_and_says_so(read, code):
    reading = read(code)
    assert reading.gtin14 is None
    assert not reading.valid
    assert reading.why


@pytest.mark.parametrize("code", ["00000000", "000000000000", "0000000000000", "]C10100000000000000"])
def test_zeros_are_no_product(read, code):
    assert read(code).gtin14 is None


def test_eight_digits_that_are_two_numbers_give_both(read):
    reading = read("04124498")
    assert {reading.gtin14, *reading.others} == {"00041244000098", "00000004124498"}
    assert reading.why


def test_the_setting_decides_for_upc_e(read):
    assert read("12345670", upce_short=True).gtin14 == "00123456000070"
    assert read("12345670").gtin14 == "00000012345670"


def test_six_or_seven_digits_are_an_article_code_until_a_setting_says_upc_e(read):
    assert read("425261").gtin14 is None
    assert read("425261").valid
    assert {read(code, upce_short=True).gtin14 for code in ("425261", "0425261", "4252614")} == {"00042100005264"}


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("01234505", "012000003455"),
        ("01234514", "012100003454"),
        ("01234523", "012200003453"),
        ("01234531", "012300000451"),
        ("01234543", "012340000053"),
        ("01234558", "012345000058"),
    ],
)
def test_upc_e_leaves_zeros_out_in_four_ways(short, full):
    assert upce.expand(short) == full


def test_an_add_on_is_left_out_and_told(read):
    reading = read("978020175284755999")
    assert (reading.gtin14, reading.text) == ("09780201752847", "9780201752847")
    assert "55999" in reading.why
    assert read("]E3978020175284755999").gtin14 == "09780201752847"


def test_a_book_with_its_price_is_a_book_though_the_digits_are_a_right_pallet_number_too(read):
    assert checks("978039305867352595")
    assert read("978039305867352595").gtin14 == "09780393058673"


def test_a_pallet_number_is_no_product(read):
    reading = read(with_check_digit("19520000000000001"))
    assert (reading.symbology, reading.gtin14, reading.valid) == ("SSCC", None, True)


@pytest.mark.parametrize("code", ["95200000000599520000000059", "9520000295200002", "1952000000005619520000000056"])
def test_a_code_scanned_twice_into_one_is_no_product(read, code):
    reading = read(code)
    assert reading.gtin14 is None
    assert "twice" in reading.why


@pytest.mark.parametrize("code", ["٩٥٢٠٠٠٠٠٠٠٠٥٩", "\uff19\uff15\uff12", "952000000005٩"])
def test_digits_of_another_script_are_not_read(read, code):
    reading = read(code)
    assert reading.gtin14 is None
    assert "another script" in reading.why


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0-306-40615-2", "9780306406157"),
        ("0 8044 2957 X", "9780804429573"),
        ("978-0-306-40615-7", "9780306406157"),
        ("M-060-11561-5", "9790060115615"),
    ],
)
def test_a_books_number_becomes_the_one_on_its_cover(read, written, number):
    assert books.ean13(written) == number
    assert read(written).gtin14 == f"0{number}"


def test_a_books_number_with_a_wrong_digit_is_refused(read):
    assert not read("0-306-40615-3").valid
    assert read("978-0-306-40615-8").gtin14 is None


def test_ten_digits_in_a_row_stay_an_article_code(read):
    assert read("0306406152").gtin14 is None
    assert read("0306406152").valid


@pytest.mark.parametrize(("value", "digit"), [("2875", "9"), ("14685", "6"), ("0000", "0"), ("00000", "0")])
def test_the_verifier_of_a_price_follows_the_standard(value, digit):
    assert verifier(value) == digit


@pytest.mark.parametrize("code", ["ABC-123", "PAL(3)-A", "85123A", "]C0CNK8181G2C", "]A4Extended !?*#", "]F0A12345B"])
def test_an_article_code_stays_as_it_is(read, code):
    reading = read(code)
    assert reading.text == code.removeprefix(code[:3] if code.startswith("]") else "")
    assert reading.valid
    assert reading.gtin14 is None
