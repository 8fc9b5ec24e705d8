"""A line's agreed amount as Business Central computes it: quantity times unit price, rounded, less a discount."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from typing import NamedTuple

PRICE = Decimal("0.00001")
"""The places Business Central's unit prices have, as it is delivered."""


class Terms(NamedTuple):
    quantity: Decimal
    price: Decimal
    discount: Decimal
    """Taken off the whole line; of what goes back it is below zero, as the quantity is."""


def terms(quantity: Decimal, price: Decimal, amount: Decimal, minor: Decimal) -> Terms:
    """Terms that come to exactly the amount: an amount of discount can say what no percentage can.

    The price is the one before all discounts, rounded up where five places cannot say it. Where more than that was
    agreed, it is the lowest price that the amount can be reached from.
    """
    if quantity < 0:
        back = terms(-quantity, price, -amount, minor)
        return Terms(quantity, back.price, -back.discount)
    said = _up(price)
    if _rounded(quantity * said, minor) < amount:
        said = _up(amount / quantity)
    return Terms(quantity, said, _rounded(quantity * said, minor) - amount)


def _up(price: Decimal) -> Decimal:
    return price.quantize(PRICE, ROUND_UP)


def _rounded(amount: Decimal, minor: Decimal) -> Decimal:
    return amount.quantize(minor, ROUND_HALF_UP)
