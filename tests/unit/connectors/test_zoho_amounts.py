"""What is agreed comes out of Zoho's arithmetic, whichever way it rounds halves."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizterm.connectors.zoho.amounts import NoRateError, rated

CENT = Decimal("0.01")
minors = st.sampled_from([Decimal(1), CENT, Decimal("0.001")])
pieces = st.integers(1, 50_000).map(Decimal)


def there(lines, minor, rounding):
    return sum((quantity * rate).quantize(minor, rounding) for quantity, rate in lines)


@given(pieces, st.integers(0, 10**9), minors, st.integers(0, 4))
def test_whole_pieces_come_to_the_cent_at_any_amount_and_precision(quantity, units, minor, finer):
    amount, step = units * minor, minor.scaleb(-finer)
    lines = rated(quantity, amount, minor, step)
    assert sum(pieces for pieces, _ in lines) == quantity
    assert len(lines) <= 2
    for pieces_, rate in lines:
        assert pieces_ > 0
        assert rate >= 0
        assert rate == rate.quantize(step)
    for rounding in (ROUND_HALF_EVEN, ROUND_HALF_UP):
        assert there(lines, minor, rounding) == amount


@given(st.decimals("0.001", 500, places=3), st.integers(0, 10**7))
def test_weights_come_to_the_cent_or_are_refused(quantity, cents):
    amount = cents * CENT
    try:
        lines = rated(quantity, amount, CENT, CENT)
    except NoRateError:
        return
    assert sum(pieces for pieces, _ in lines) == quantity
    for rounding in (ROUND_HALF_EVEN, ROUND_HALF_UP):
        assert there(lines, CENT, rounding) == amount


@given(st.decimals("0.5", 40, places=1), st.integers(1, 10**5))
def test_a_price_of_whole_cents_is_never_refused_for_a_weight_of_tenths(quantity, cents):
    amount = (quantity * cents * CENT).quantize(CENT, ROUND_HALF_UP)
    try:
        lines = rated(quantity, amount, CENT, CENT)
    except NoRateError:
        lines = rated(quantity, amount, CENT, Decimal("0.0001"))
    assert there(lines, CENT, ROUND_HALF_EVEN) == amount


@pytest.mark.parametrize(
    ("quantity", "amount", "lines"),
    [
        ("10", "40.50", [("10", "4.05")]),
        ("10", "36.45", [("5", "3.64"), ("5", "3.65")]),
        ("3", "10.00", [("2", "3.33"), ("1", "3.34")]),
        ("7", "0", [("7", "0")]),
        ("2.5", "10.00", [("2.5", "4.00")]),
        ("2.5", "0.02", [("2", "0"), ("0.5", "0.04")]),
    ],
)
def test_what_no_one_rate_says_for_certain_is_two_lines_of_whole_cents(quantity, amount, lines):
    found = rated(Decimal(quantity), Decimal(amount), CENT, CENT)
    assert found == [(Decimal(pieces), Decimal(rate)) for pieces, rate in lines]


def test_where_rates_may_be_finer_one_line_is_enough():
    assert rated(Decimal(1000), Decimal("125.00"), CENT, Decimal("0.001")) == [(Decimal(1000), Decimal("0.125"))]
