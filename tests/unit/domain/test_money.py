from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizterm.domain.money import AmountError, currency, read_amount, share_out

GBP, JPY, KWD = currency("GBP"), currency("JPY"), currency("KWD")
amounts = st.decimals(min_value=0, max_value=10**9, places=2)
weights = st.lists(st.decimals(min_value=0, max_value=10**7, places=3), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("in_", "amount", "rounded"),
    [(GBP, "2.345", "2.35"), (GBP, "-2.345", "-2.35"), (JPY, "0.5", "1"), (KWD, "1.0005", "1.001"), (GBP, "2", "2.00")],
)
def test_rounding_is_half_up_to_the_minor_unit(in_, amount, rounded):
    assert str(in_.round(Decimal(amount))) == rounded


def test_a_price_keeps_the_decimals_it_has_and_an_amount_the_currencys():
    assert GBP.show_price(Decimal("0.0125")) == "0.0125"
    assert GBP.show_price(Decimal(100)) == "100.00"
    assert GBP.show(Decimal("-1234.5")) == "−1,234.50"


@given(amounts, weights, st.sampled_from([GBP, JPY, KWD]))
def test_parts_add_up_to_the_whole_in_every_currency(total, parts, in_):
    total = in_.round(total)
    if not sum(parts):
        total = Decimal(0)
    shared = share_out(total, parts, in_)
    assert sum(shared) == total
    assert all(in_.round(part) == part for part in shared)


@given(amounts, weights)
def test_no_part_is_a_unit_away_from_its_exact_share(total, parts):
    whole = sum(parts)
    if whole:
        for part, weight in zip(share_out(total, parts, GBP), parts, strict=True):
            assert abs(part - total * weight / whole) < GBP.unit


def test_ties_go_to_the_earlier_part():
    assert share_out(Decimal("0.02"), [Decimal(1)] * 3, GBP) == [Decimal("0.01"), Decimal("0.01"), Decimal("0.00")]


def test_nothing_can_be_shared_over_nothing():
    with pytest.raises(ValueError, match="over nothing"):
        share_out(Decimal(1), [Decimal(0)], GBP)


@pytest.mark.parametrize(
    ("text", "amount"), [("12.50", "12.50"), (" 1,234.5 ", "1234.5"), ("-3", "-3"), ("+.5", "0.5")]
)
def test_amounts_are_read_as_people_write_them(text, amount):
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["", "12,50", "1e9", "NaN", "inf", "١٢", "0x10", "1.2.3", "--1", "1 2", "9" * 40, "1_000"]
)
def test_what_is_no_amount_gets_a_sentence(text):
    with pytest.raises(AmountError, match=r"expected"):
        read_amount(text)


def test_an_unknown_currency_gets_a_sentence():
    with pytest.raises(AmountError, match="expected three capital letters"):
        currency("pounds")
