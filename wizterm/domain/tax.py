"""Tax, as an estimate for the rep: the company's own system says what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wizterm.domain.discount import HUNDRED
from wizterm.domain.money import ZERO, Currency


@dataclass(frozen=True, slots=True)
class TaxRate:
    code: str
    """What products and fees name."""
    rate: Decimal
    """Percent."""
    country: str = ""
    """Where the goods go; empty for wherever no other rate of the code holds."""
    inclusive: bool = False
    """Whether prices contain it, so that it is said and not added."""
    on_sum: bool = False
    """Whether it is taken of the rate's sum and rounded once; else of each line."""

    def on(self, amount: Decimal, in_: Currency) -> Decimal:
        """The rounded tax on an amount, or in it."""
        whole = HUNDRED + self.rate if self.inclusive else HUNDRED
        return in_.round(amount * self.rate / whole)


@dataclass(frozen=True, slots=True)
class TaxTotal:
    rate: TaxRate
    base: Decimal
    """The rounded amounts it is taken of, added up."""
    amount: Decimal


def rates_for(rates: Iterable[TaxRate], country: str) -> tuple[TaxRate, ...]:
    """One rate for each code: the country's own, else the one for anywhere."""
    found: dict[str, TaxRate] = {}
    for rate in sorted(rates, key=lambda each: (each.code, each.country)):
        if rate.country in {"", country}:
            found[rate.code] = rate
    return tuple(found.values())


def tax_totals(rates: Sequence[TaxRate], taxed: Iterable[tuple[str, Decimal]], in_: Currency) -> tuple[TaxTotal, ...]:
    """What each rate comes to on these amounts, given with their tax codes; rates nothing names are left out."""
    amounts: dict[str, list[Decimal]] = {}
    for code, amount in taxed:
        amounts.setdefault(code, []).append(amount)
    return tuple(_total(rate, amounts[rate.code], in_) for rate in rates if rate.code in amounts)


def _total(rate: TaxRate, amounts: list[Decimal], in_: Currency) -> TaxTotal:
    base = sum(amounts, ZERO)
    if rate.on_sum:
        return TaxTotal(rate, base, rate.on(base, in_))
    return TaxTotal(rate, base, sum((rate.on(amount, in_) for amount in amounts), ZERO))
