"""How far a rep may go: most discount on a line and on a cart, and the lowest price of a product."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ProductLimits:
    """What the company says of one product; None where it says nothing."""

    most_discount: Decimal | None = None
    """Percent of what the line would cost without any discount."""
    floor: Decimal | None = None
    """The lowest price of a base unit, after every discount."""
    currency: str = ""
    """Of the floor: it says nothing about carts in others."""


NO_LIMITS = ProductLimits()


@dataclass(frozen=True, slots=True)
class RepLimits:
    """What the company lets one rep do; None where it sets no limit."""

    most_line_discount: Decimal | None = None
    most_cart_discount: Decimal | None = None
    may_type_prices: bool = False
    may_switch_lists: bool = False
    may_credit: bool = False
    """Whether the rep may take goods back: lines with a count below zero."""


def strictest(*limits: Decimal | None) -> Decimal | None:
    """The lowest of the limits that are set."""
    return min((limit for limit in limits if limit is not None), default=None)
