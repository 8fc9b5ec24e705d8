from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from wizterm.connectors.tryton.amounts import priced

CENT = Decimal("0.01")
QUANTITIES = st.integers(1, 100_000).map(Decimal)
AMOUNTS = st.integers(0, 100_000_000).map(lambda cents: Decimal(cents) / 100)


def comes_to(lines, rounding):
    return sum((count * price).quantize(CENT, rounding) for count, price in lines)


@given(QUANTITIES, AMOUNTS)
def test_the_lines_come_to_exactly_the_amount_and_quantity(quantity, amount):
    lines = priced(quantity, amount, CENT)
    assert comes_to(lines, ROUND_HALF_EVEN) == amount
    assert len(lines) == 2 or comes_to(lines, ROUND_HALF_UP) == amount
    assert sum(count for count, _ in lines) == quantity
    assert all(price >= 0 and price == price.quantize(Decimal("0.0001")) for _, price in lines)


def test_one_line_where_four_places_are_enough():
    assert priced(Decimal(10), Decimal("36.45"), CENT) == [(Decimal(10), Decimal("3.6450"))]


def test_the_last_piece_bears_the_rest_where_they_are_not():
    assert priced(Decimal(1000), Decimal("333.33"), CENT) == [
        (Decimal(999), Decimal("0.3333")),
        (Decimal(1), Decimal("0.36")),
    ]


def test_a_quantity_with_a_fraction_below_one_stays_one_line():
    assert priced(Decimal("0.5"), Decimal("1.00"), CENT) == [(Decimal("0.5"), Decimal("2.0000"))]


@given(QUANTITIES, AMOUNTS)
def test_what_goes_back_is_the_same_with_the_other_sign(quantity, amount):
    assert priced(-quantity, -amount, CENT) == [(-count, price) for count, price in priced(quantity, amount, CENT)]
