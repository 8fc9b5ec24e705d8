"""What the company's data say about a cart besides the prices of its lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wizterm.domain.promotions import Promotion, in_force
from wizterm.domain.tax import TaxRate, rates_for


@dataclass(frozen=True, slots=True)
class Terms:
    """Off unless the company has such data."""

    promotions: tuple[Promotion, ...] = ()
    rates: tuple[TaxRate, ...] = ()
    """At most one for each code."""


NO_TERMS = Terms()


def terms_for(
    promotions: Iterable[Promotion],
    rates: Iterable[TaxRate],
    *,
    customer: str,
    price_list: str,
    country: str,
    on: date,
) -> Terms:
    """What holds for this customer on this day, for goods that go to this country."""
    return Terms(in_force(promotions, customer, price_list, on), rates_for(rates, country))
