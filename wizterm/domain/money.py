"""Exact amounts: currencies, rounding, reading and sharing out.

Amounts are `Decimal` in the currency of the cart or document they stand in; a document never mixes currencies.
Unit prices keep up to six decimals; everything that is added up has been rounded to the minor unit first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext

ZERO = Decimal(0)
MOST = Decimal(10) ** 12
"""Amounts stay below this, so products with a six-decimal price are exact in the working precision."""
PRECISION = 60
_EXACT = Context(prec=PRECISION)
_UNITS = tuple(Decimal(1).scaleb(-places) for places in range(4))
"""What is made once: a cart of 500 lines is rounded 1,500 times for each line that changes."""

_MINOR_UNITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
}
_PLACES = {code: places for places, codes in _MINOR_UNITS.items() for code in codes.split()}


class AmountError(ValueError):
    """A text is no amount that can be used; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Currency:
    code: str
    """ISO 4217, three capitals."""
    places: int
    """Decimals of the minor unit: 2 for GBP, 0 for JPY, 3 for KWD."""

    @property
    def unit(self) -> Decimal:
        """The smallest amount that can be paid."""
        return _UNITS[self.places]

    def round(self, amount: Decimal) -> Decimal:
        """Half up, away from zero, to the minor unit."""
        return amount.quantize(self.unit, ROUND_HALF_UP, _EXACT)

    def show(self, amount: Decimal) -> str:
        """For people: grouped thousands, the minor unit's decimals, a real minus sign."""
        return f"{self.round(amount):,f}".replace("-", "\N{MINUS SIGN}")

    def show_price(self, price: Decimal) -> str:
        """For people: as `show`, but a unit price keeps the further decimals it has."""
        decimals = max(self.places, -_exponent(price.normalize()))
        return f"{price:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def currency(code: str) -> Currency:
    """The currency of an ISO 4217 code; unlisted codes have two decimals."""
    if len(code) != 3 or not (code.isascii() and code.isalpha() and code.isupper()):
        raise AmountError(f"{code!r} is no currency: expected three capital letters such as GBP.")
    return Currency(code, _PLACES.get(code, 2))


def read_amount(text: str, *, places: int = 6) -> Decimal:
    """The amount a person or a file wrote: ASCII digits, one decimal point, commas only between thousands."""
    cleaned = text.strip().replace(",", "") if _commas_group_thousands(text.strip()) else text.strip()
    if not cleaned.isascii() or not cleaned.lstrip("+-").replace(".", "", 1).isdigit():
        raise AmountError(f"{_shorten(text)!r} is no amount: expected digits with a decimal point, such as 12.50.")
    try:
        amount = Decimal(cleaned)
    except InvalidOperation as error:
        raise AmountError(f"{_shorten(text)!r} is no amount: expected digits such as 12.50.") from error
    if abs(amount) >= MOST:
        raise AmountError(f"{_shorten(text)} is too large: expected less than {MOST:,}.")
    if -_exponent(amount) > places:
        raise AmountError(f"{_shorten(text)} has too many decimals: expected at most {places}.")
    return amount


def share_out(total: Decimal, weights: Sequence[Decimal], in_: Currency) -> list[Decimal]:
    """Parts of a rounded total in proportion to the weights, by largest remainder; ties go to the earlier part.

    The parts add up to the total exactly. Weights are not negative; where all are zero, so are the parts and the
    total must be zero.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("Weights must not be negative.")
    with localcontext(prec=PRECISION):
        whole = sum(weights, ZERO)
        if not whole:
            if total:
                raise ValueError(f"Cannot share {total} over nothing.")
            return [ZERO for _ in weights]
        exact = [total * weight / whole for weight in weights]
        parts = [share.quantize(in_.unit, ROUND_DOWN) for share in exact]
        missing = int((total - sum(parts, ZERO)) / in_.unit)
        step = in_.unit.copy_sign(total)
        by_remainder = sorted(range(len(parts)), key=lambda i: (-abs(exact[i] - parts[i]), i))
        for index in by_remainder[: abs(missing)]:
            parts[index] += step
        return parts


def _exponent(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int):
        raise AmountError("Expected a finite amount.")
    return exponent


def _commas_group_thousands(text: str) -> bool:
    head, *groups = text.partition(".")[0].lstrip("+-").split(",")
    return bool(groups) and 1 <= len(head) <= 3 and all(len(group) == 3 for group in groups)


def _shorten(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:21]}…"
