"""A line's agreed amount as Zoho computes it: quantity times rate, rounded to the currency's minor unit.

Rates are what was agreed after all discounts. A discount of Zoho's own would be computed anew there, and whether it
stands on lines or on the whole is a preference of the company's.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

NEAR = 3
"""How many steps beside the quotient a rate is looked for."""


class NoRateError(ValueError):
    """No rates of so few places come to the amount."""


def rated(quantity: Decimal, amount: Decimal, minor: Decimal, step: Decimal) -> list[tuple[Decimal, Decimal]]:
    """Quantities and rates, multiples of the step, that come to exactly the amount however halves are rounded.

    One, but where a discount left a price that no rate says: then some of the pieces cost one minor unit more than the
    others and are a line of their own. Raises `NoRateError`.
    """
    rate = _rate(quantity, amount, minor, step)
    if rate is not None:
        return [(quantity, rate)]
    if quantity == quantity.to_integral_value():
        return _pieces(quantity, amount, minor)
    whole = quantity.to_integral_value(ROUND_DOWN)
    low = (amount / quantity).quantize(minor, ROUND_DOWN)
    rest = _rate(quantity - whole, amount - whole * low, minor, step)
    if rest is None:
        raise NoRateError
    return [*([(whole, low)] if whole else []), (quantity - whole, rest)]


def _pieces(quantity: Decimal, amount: Decimal, minor: Decimal) -> list[tuple[Decimal, Decimal]]:
    low = (amount / quantity).quantize(minor, ROUND_DOWN)
    dearer = (amount - quantity * low) / minor
    return [(quantity - dearer, low), (dearer, low + minor)]


def _rate(quantity: Decimal, amount: Decimal, minor: Decimal, step: Decimal) -> Decimal | None:
    near = (amount / quantity).quantize(step, ROUND_HALF_EVEN)
    return next((rate for rate in _beside(near, step) if rate >= 0 and _comes_to(quantity * rate, amount, minor)), None)


def _beside(rate: Decimal, step: Decimal) -> Iterator[Decimal]:
    yield rate
    for steps in range(1, NEAR + 1):
        yield rate - steps * step
        yield rate + steps * step


def _comes_to(product: Decimal, amount: Decimal, minor: Decimal) -> bool:
    return all(product.quantize(minor, rounding) == amount for rounding in (ROUND_HALF_EVEN, ROUND_HALF_UP))
