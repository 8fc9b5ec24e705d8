"""A line's agreed amount as QuickBooks has it: an amount that is quantity times unit price.

What it allows between the two is not published, so that they are made to agree exactly wherever the quantity is whole.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

PRICE = Decimal("0.00001")
"""The places a unit price is given with: as many as QuickBooks compares."""


class Piece(NamedTuple):
    """What becomes one line."""

    quantity: Decimal
    price: Decimal
    amount: Decimal


def priced(quantity: Decimal, amount: Decimal, minor: Decimal) -> list[Piece]:
    """Together exactly the quantity and the amount, each piece its quantity times its price.

    One piece where a price can say it; else some bear the smallest coin more than the others. What is not whole, such
    as a weight, comes to its amount when it is rounded to `minor`. Of what goes back both are below zero.
    """
    if quantity < 0:
        return [Piece(-count, price, -part) for count, price, part in priced(-quantity, -amount, minor)]
    price = (amount / quantity).quantize(PRICE, ROUND_HALF_EVEN)
    if quantity * price == amount:
        return [Piece(quantity, price, amount)]
    whole = quantity // 1
    if whole == quantity:
        return _in_coins(quantity, amount, minor)
    if _comes_to(quantity * price, amount, minor):
        return [Piece(quantity, price, amount)]
    rest = quantity - whole
    share = (amount / quantity * rest).quantize(minor, ROUND_HALF_EVEN)
    return [*priced(whole, amount - share, minor), *priced(rest, share, minor)]


def _in_coins(quantity: Decimal, amount: Decimal, minor: Decimal) -> list[Piece]:
    """Prices without a fraction of the smallest coin, as near to each other as can be."""
    sign = -1 if amount < 0 else 1
    coins, more = divmod(abs(amount) / minor, quantity)
    low, high = sign * coins * minor, sign * (coins + 1) * minor
    parts = ((quantity - more, low), (more, high))
    return [Piece(count, price, count * price) for count, price in parts]


def _comes_to(product: Decimal, amount: Decimal, minor: Decimal) -> bool:
    return all(product.quantize(minor, rounding) == amount for rounding in (ROUND_HALF_EVEN, ROUND_HALF_UP))
