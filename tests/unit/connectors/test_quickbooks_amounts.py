from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizterm.connectors.quickbooks.amounts import PRICE, Piece, priced

COINS = st.sampled_from([Decimal("0.01"), Decimal(1), Decimal("0.001")])
PIECES = st.integers(1, 100_000).map(Decimal)
WEIGHTS = st.integers(1, 100_000_000).map(lambda grams: Decimal(grams) / 1000)
AMOUNTS = st.integers(-1_000_000, 1_000_000_000).map(Decimal)


@given(PIECES, AMOUNTS, COINS)
def test_pieces_come_to_the_amount_without_any_rounding(quantity, amount, coin):
    pieces = priced(quantity, amount * coin, coin)
    assert sum(piece.quantity for piece in pieces) == quantity
    assert sum(piece.amount for piece in pieces) == amount * coin
    assert all(piece.quantity * piece.price == piece.amount for piece in pieces)
    assert all(piece.price == piece.price.quantize(PRICE) for piece in pieces)
    assert len(pieces) <= 2


@given(WEIGHTS, AMOUNTS)
def test_a_weight_comes_to_the_amount_however_a_half_is_rounded(quantity, amount):
    cent = Decimal("0.01")
    pieces = priced(quantity, amount * cent, cent)
    assert sum(piece.quantity for piece in pieces) == quantity
    assert sum(piece.amount for piece in pieces) == amount * cent
    for rounding in (ROUND_HALF_EVEN, ROUND_HALF_UP):
        assert all((p.quantity * p.price).quantize(cent, rounding) == p.amount for p in pieces)
    assert len(pieces) <= 3


@given(PIECES, AMOUNTS, COINS)
def test_what_goes_back_is_the_same_with_the_other_sign(quantity, amount, coin):
    back = [(-count, price, -part) for count, price, part in priced(quantity, amount * coin, coin)]
    assert priced(-quantity, -amount * coin, coin) == back


@pytest.mark.parametrize(
    ("quantity", "amount", "pieces"),
    [
        ("10", "36.45", [("10", "3.64500", "36.45")]),
        ("3", "10.00", [("2", "3.33", "6.66"), ("1", "3.34", "3.34")]),
        ("7", "43.17", [("2", "6.16", "12.32"), ("5", "6.17", "30.85")]),
        ("9.39", "229.96", [("9.39", "24.48988", "229.96")]),
        ("5", "0.00", [("5", "0", "0.00")]),
    ],
)
def test_one_line_where_a_price_can_say_it_and_the_smallest_coin_between_two_where_not(quantity, amount, pieces):
    wanted = [Piece(*map(Decimal, piece)) for piece in pieces]
    assert priced(Decimal(quantity), Decimal(amount), Decimal("0.01")) == wanted
