from datetime import date
from decimal import Decimal

import pytest

from wizterm.demo.making.lots import below, draw
from wizterm.demo.making.pricing import Prices, prices_of, to_euro
from wizterm.demo.making.products import gtin_of
from wizterm.demo.making.ranges import OTHER, category_of, range_of
from wizterm.demo.making.source import Line
from wizterm.demo.making.wording import tidy


def sales(*sold, customer="1"):
    return [
        Line(str(number), "12345", "MUG", quantity, date(2011, 1, 1), Decimal(price), customer, "France")
        for number, (quantity, price) in enumerate(sold)
    ]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("WHITE HANGING HEART T-LIGHT HOLDER", "White hanging heart T-light holder"),
        ("SET/6 RED SPOTTY PAPER CUPS ", "Set of 6 red spotty paper cups"),
        ("S/4 CACTI CANDLES", "Set of 4 cacti candles"),
        ("PAPER CHAIN KIT 50'S CHRISTMAS ", "Paper chain kit 50s Christmas"),
        ("FEATHER PEN,HOT PINK", "Feather pen, hot pink"),
        ('LETTER "E" BLING KEY RING', 'Letter "E" bling key ring'),
        ("POLYESTER FILLER PAD 45x45cm", "Polyester filler pad 45 x 45 cm"),
        ("CHARLIE+LOLA RED HOT WATER BOTTLE ", "Charlie + Lola red hot water bottle"),
        ("I'M ON HOLIDAY METAL SIGN", "I'm on holiday metal sign"),
    ],
)
def test_a_warehouse_description_becomes_a_name(raw, name):
    assert tidy(raw) == name


def test_tidying_a_tidy_name_changes_nothing():
    name = tidy("SET/6 TURQUOISE BUTTERFLY T-LIGHTS")
    assert tidy(name) == name


def test_a_season_comes_before_the_thing():
    assert category_of("Christmas pudding mug") == "Christmas / Decorations"
    assert category_of("Retrospot mug") == "Kitchen / Mugs and teaware"


def test_a_name_without_a_known_word_goes_to_the_rest_and_has_no_range():
    assert category_of("Blue geisha girl") == OTHER
    assert range_of("Blue geisha girl") == ""


def test_a_lower_price_for_larger_quantities_is_a_break():
    sold = sales((6, "2.95"), (6, "2.95"), (12, "2.95"), (33, "2.55"), (64, "2.55"))
    assert prices_of(sold) == Prices(Decimal("2.95"), ((32, Decimal("2.55")),), Decimal("2.55"))


def test_a_lower_price_at_usual_quantities_is_no_break():
    sold = sales((6, "2.95"), (6, "2.95"), (12, "2.95"), (6, "2.55"), (4, "2.55"))
    assert prices_of(sold).breaks == ()


def test_a_price_that_one_buyer_got_once_is_no_break():
    sold = sales((6, "2.95"), (6, "2.95"), (12, "2.95"), (100, "2.55"))
    assert prices_of(sold).breaks == ()


def test_a_lower_price_that_most_large_buyers_did_not_get_is_no_break():
    sold = sales((6, "2.95"), (6, "2.95"), (48, "2.55"), (48, "2.55"), (50, "2.95"), (60, "2.95"))
    assert prices_of(sold).breaks == ()


def test_sales_without_a_customer_count_only_where_there_are_no_others():
    shop = sales((1, "5.79"), (1, "5.79"), customer="")
    assert prices_of(shop).base == Decimal("5.79")
    assert prices_of([*shop, *sales((6, "2.95"))]).base == Decimal("2.95")


def test_euros_round_half_up_to_the_cent():
    assert to_euro(Decimal("0.30")) == Decimal("0.35")


def test_codes_that_differ_in_a_letter_have_different_barcodes():
    codes = ["85123", "85123A", "85123B", "85123AB", "85123BA"]
    assert len({gtin_of(code) for code in codes}) == len(codes)


def test_the_same_key_draws_the_same_lot():
    assert draw("abcdef", "12345", "street") == draw("abcdef", "12345", "street")
    assert len({below(1000, "12345", purpose) for purpose in range(50)}) > 40
