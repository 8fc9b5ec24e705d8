"""Money off: on a line or on the cart, by percent or amount."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from wizterm.domain.money import ZERO, Currency

HUNDRED = Decimal(100)


class Off(StrEnum):
    PERCENT = "percent"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class LineDiscount:
    off: Off
    value: Decimal
    """Percent of the line's gross, or an amount off the whole line."""

    def amount(self, gross: Decimal, in_: Currency) -> Decimal:
        """Rounded; never below zero, never above the gross."""
        return _amount_off(self.off, self.value, gross, in_)

    def __str__(self) -> str:
        return _say(self.off, self.value)


@dataclass(frozen=True, slots=True)
class CartDiscount:
    off: Off
    value: Decimal
    """Percent of what remains of the net sum, or an amount."""
    reason: str = ""

    def amount(self, remaining: Decimal, in_: Currency) -> Decimal:
        return _amount_off(self.off, self.value, remaining, in_)

    def __str__(self) -> str:
        return _say(self.off, self.value)


def _amount_off(off: Off, value: Decimal, base: Decimal, in_: Currency) -> Decimal:
    if base <= 0:
        return ZERO
    wanted = base * value / HUNDRED if off is Off.PERCENT else value
    return min(max(in_.round(wanted), ZERO), base)


def _say(off: Off, value: Decimal) -> str:
    number = f"{value.normalize():f}"
    return f"{number} %" if off is Off.PERCENT else number
