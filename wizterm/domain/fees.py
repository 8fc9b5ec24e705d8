"""What comes on top of the goods: carriage, a pallet, a small order's surcharge."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from wizterm.domain.discount import HUNDRED, Off
from wizterm.domain.money import ZERO, Currency


@dataclass(frozen=True, slots=True)
class Fee:
    code: str
    name: str
    off: Off
    """Whether `value` is a percentage of the net sum, or an amount."""
    value: Decimal
    tax_code: str = ""
    """Empty where no tax is on it."""

    def amount(self, net: Decimal, in_: Currency) -> Decimal:
        """Never below zero: nobody is paid for what goes back."""
        return in_.round(max(net, ZERO) * self.value / HUNDRED if self.off is Off.PERCENT else self.value)
