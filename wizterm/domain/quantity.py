"""How much may be ordered: units, minimum, multiples and limit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from wizterm.domain.money import AmountError, read_amount

ONE = Decimal(1)
MOST = Decimal(999_999)
"""No line is larger: what is more has been a scan in a quantity field."""
LEAST = Decimal("0.000001")
"""The smallest part of a base unit: no scale, and no barcode of one, tells smaller ones."""

_LONGEST_READ = 9
"""Digits; what has more is too many, and need not be read."""


@dataclass(frozen=True, slots=True)
class Unit:
    code: str
    """each, case, pallet, or the company's own word."""
    factor: Decimal = ONE
    """Base units in one of it."""


EACH = Unit("each")
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Misfit:
    """A quantity that breaks a rule, with the nearest ones that do not."""

    reason: str
    """A sentence for the rep."""
    below: Decimal | None
    above: Decimal | None


@dataclass(frozen=True, slots=True)
class QuantityRule:
    """Valid are minimum, minimum + multiple, minimum + 2 × multiple … up to the limit; all in base units."""

    minimum: Decimal | None = None
    """MOQ; where none is set the multiple is the minimum."""
    multiple: Decimal = ONE
    """IOQ: the case pack."""
    limit: Decimal | None = None

    @property
    def least(self) -> Decimal:
        return self.multiple if self.minimum is None else self.minimum

    @property
    def is_in_parts(self) -> bool:
        """Whether less than a whole base unit is sold, as of what is weighed."""
        return any(number % 1 for number in (self.least, self.multiple))

    @property
    def most(self) -> Decimal:
        """The largest valid quantity; below `least` where the limit allows none."""
        cap = MOST if self.limit is None else min(self.limit, MOST)
        return self._fit(cap, ROUND_FLOOR)

    def round_up(self, quantity: Decimal) -> Decimal:
        """The nearest valid quantity that is not less; the largest valid one where there is none."""
        if quantity <= self.least:
            return self.least
        return min(self._fit(quantity, ROUND_CEILING), self.most)

    def describe(self) -> str:
        """The rule in a sentence; empty where any whole number will do."""
        parts = [f"from {show(self.least)}"] if self.least != 1 else []
        parts += [f"in steps of {show(self.multiple)}"] if self.multiple != 1 else []
        parts += [f"at most {show(self.limit)}"] if self.limit is not None else []
        return f"Sold {', '.join(parts)}." if parts else ""

    def misfit(self, quantity: Decimal) -> Misfit | None:
        """Why this quantity cannot be ordered, or None where it can."""
        if quantity < self.least:
            return Misfit(f"The minimum is {show(self.least)}.", None, self._offered(self.least))
        if quantity > self.most:
            return Misfit(self._over(), self._offered(self.most), None)
        below = self._fit(quantity, ROUND_FLOOR)
        if below == quantity:
            return None
        above = below + self.multiple
        return Misfit(
            f"It is sold from {show(self.least)} in steps of {show(self.multiple)}.",
            below,
            above if above <= self.most else None,
        )

    def misfit_back(self, quantity: Decimal) -> Misfit | None:
        """Why this quantity cannot go back: one piece is as good as any number, half a piece is none."""
        if quantity > MOST:
            return Misfit(f"One line holds at most {show(MOST)}.", None, None)
        if not quantity % 1 or (self.is_in_parts and not quantity % LEAST):
            return None
        return Misfit(f"{show(quantity)} cannot go back: expected a whole number of pieces.", None, None)

    def _fit(self, quantity: Decimal, rounding: str) -> Decimal:
        steps = ((quantity - self.least) / self.multiple).to_integral_value(rounding)
        return self.least + steps * self.multiple

    def _offered(self, quantity: Decimal) -> Decimal | None:
        return quantity if self.least <= self.most else None

    def _over(self) -> str:
        if self.limit is None:
            return f"One line holds at most {show(MOST)}."
        return f"At most {show(self.limit)} may be ordered."


ANY_QUANTITY = QuantityRule()


def read_count(text: str) -> Decimal:
    """What a person typed for a line: 12; 0 for no line; −3 for three that go back."""
    typed = text.strip()
    if typed == "0":
        return Decimal(0)
    return -read_quantity(typed[1:]) if typed[:1] in {"-", MINUS} else read_quantity(typed)


def read_quantity(text: str, *, places: int = 0) -> Decimal:
    """The count a person typed: positive, at most `places` decimals (weighed goods have some)."""
    typed = text.strip()
    if typed.isascii() and typed.isdigit() and len(typed) > _LONGEST_READ:
        raise AmountError(f"{typed[:12]}… is too many: one line holds at most {show(MOST)}.")
    try:
        quantity = read_amount(text, places=places)
    except AmountError as error:
        wanted = "a whole number" if not places else f"a number with at most {places} decimals"
        raise AmountError(f"{text.strip()[:24]!r} is not a quantity: expected {wanted} such as 12.") from error
    if quantity > MOST:
        raise AmountError(f"{typed[:24]} is too many: one line holds at most {show(MOST)}.")
    if quantity <= 0:
        raise AmountError(f"{typed[:24]} is not a quantity: expected 1 to {show(MOST)}.")
    return quantity


def counted(count: Decimal | int, noun: str) -> str:
    """1 line, 2 lines, 1,200 pieces."""
    return f"{show(Decimal(count))} {noun}{'' if count == 1 else 's'}"


def show(quantity: Decimal) -> str:
    """Without the decimals that say nothing: 12, 0.5, 1,200; with a real minus sign."""
    text = f"{quantity:,f}".replace("-", MINUS)
    return text.rstrip("0").rstrip(".") if "." in text else text
