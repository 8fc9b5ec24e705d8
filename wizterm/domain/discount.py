"""Money off: on a line or on the cart, by percent or amount."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from wizterm.domain.money import ZERO, AmountError, Currency, read_amount

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
        return amount_off(self.off, self.value, gross, in_)

    def __str__(self) -> str:
        return _say(self.off, self.value)


@dataclass(frozen=True, slots=True)
class CartDiscount:
    off: Off
    value: Decimal
    """Percent of what remains of the net sum, or an amount."""
    reason: str = ""

    def amount(self, remaining: Decimal, in_: Currency) -> Decimal:
        return amount_off(self.off, self.value, remaining, in_)

    def __str__(self) -> str:
        return _say(self.off, self.value)


def amount_off(off: Off, value: Decimal, base: Decimal, in_: Currency) -> Decimal:
    """Rounded; never below zero, never above the base."""
    if base <= 0:
        return ZERO
    wanted = base * value / HUNDRED if off is Off.PERCENT else value
    return min(max(in_.round(wanted), ZERO), base)


def percent_off(part: Decimal, whole: Decimal) -> Decimal:
    """How many percent the part is of the whole; zero where there is nothing to take from."""
    return part * HUNDRED / whole if whole > 0 else ZERO


def whole_percent(percent: Decimal) -> Decimal:
    """The next whole percent that is not less: what people read out."""
    return percent.to_integral_value(ROUND_CEILING)


def read_percent(text: str) -> Decimal:
    """The percentage a person typed, with or without the sign: above 0, at most 100, two decimals."""
    bare = text.strip().removesuffix("%").strip()
    wanted = "expected a percentage above 0 and up to 100, such as 5 or 12.5"
    try:
        percent = read_amount(bare, places=2)
    except AmountError as error:
        raise AmountError(f"{text.strip()[:24]!r} is no discount: {wanted}.") from error
    if not 0 < percent <= HUNDRED:
        raise AmountError(f"{text.strip()[:24]} is no discount: {wanted}.")
    return percent


def read_amount_off(text: str, in_: Currency) -> Decimal:
    """The amount a person typed to take off: above 0, in whole minor units."""
    amount = read_amount(text, places=in_.places)
    if amount <= 0:
        raise AmountError(
            f"{text.strip()[:24]} is no discount: expected an amount above 0, such as {in_.show(HUNDRED)}."
        )
    return amount


def _say(off: Off, value: Decimal) -> str:
    number = f"{value.normalize():f}"
    return f"{number} %" if off is Off.PERCENT else number
