"""A line's agreed amount as Tryton computes it: quantity times a unit price of four places, rounded."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

PRICE = Decimal("0.0001")
"""The places Tryton's unit prices have, as it is delivered."""


def priced(quantity: Decimal, amount: Decimal, minor: Decimal) -> list[tuple[Decimal, Decimal]]:
    """Quantities and unit prices that come to exactly the amount.

    One, but where a discount left a price that four places cannot say (1,000 pieces for 333.33): then the last piece
    is a line of its own and bears the rest. Of what goes back both quantity and amount are below zero.
    """
    if quantity < 0:
        return [(-pieces, price) for pieces, price in priced(-quantity, -amount, minor)]
    price = (amount / quantity).quantize(PRICE, ROUND_HALF_EVEN)
    if _comes_to(quantity * price, amount, minor) or quantity <= 1:
        return [(quantity, price)]
    most, price = quantity - 1, (amount / quantity).quantize(PRICE, ROUND_DOWN)
    rest = amount - (most * price).quantize(minor, ROUND_HALF_EVEN)
    return [(most, price), (Decimal(1), rest)]


def _comes_to(product: Decimal, amount: Decimal, minor: Decimal) -> bool:
    """However half a cent is rounded there."""
    return all(product.quantize(minor, rounding) == amount for rounding in (ROUND_HALF_EVEN, ROUND_HALF_UP))
