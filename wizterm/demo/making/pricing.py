"""Reading a price list back out of what was really paid."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from wizterm.demo.making.source import Line

PENNY = Decimal("0.01")
MOST_BREAKS = 3
TIDY_QUANTITIES = (
    2,
    3,
    4,
    6,
    8,
    10,
    12,
    16,
    18,
    20,
    24,
    25,
    30,
    32,
    36,
    40,
    48,
    50,
    60,
    64,
    72,
    96,
    100,
    120,
    144,
    200,
)
EURO = Decimal("1.15")
"""Euro for one pound: the fixed rate of everything in the sample company that is in euro."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What one piece costs, what it costs in quantity, and the lowest price that is more than one sale's."""

    base: Decimal
    breaks: tuple[tuple[int, Decimal], ...]
    lowest: Decimal


def prices_of(lines: Sequence[Line]) -> Prices:
    """Read the prices of one product from all its sales.

    Sales without a customer were made at other prices; they count only where there is nothing else.
    """
    known = [line for line in lines if line.customer] or list(lines)
    base = _base(known)
    seen = Counter(line.price for line in known)
    repeated = [price for price, times in seen.items() if times > 1 and price >= base * Decimal("0.5")]
    return Prices(base, _breaks(known, base), min([*repeated, base]))


def to_euro(amount: Decimal) -> Decimal:
    return (amount * EURO).quantize(PENNY, ROUND_HALF_UP)


def to_five_pence(amount: Decimal) -> Decimal:
    return (amount / 5).quantize(PENNY, ROUND_HALF_UP) * 5


def _base(lines: Sequence[Line]) -> Decimal:
    """Find the price that most buyers of small quantities paid."""
    middle = median(line.quantity for line in lines)
    return _commonest(line.price for line in lines if line.quantity <= middle)


def _commonest(prices: Iterable[Decimal]) -> Decimal:
    return max(Counter(prices).items(), key=lambda seen: (seen[1], seen[0]))[0]


def _breaks(lines: Sequence[Line], base: Decimal) -> tuple[tuple[int, Decimal], ...]:
    """Find the lower prices of larger quantities; a lower price at usual quantities is a favour, no break."""
    usual = median(line.quantity for line in lines if line.price == base)
    found: list[tuple[int, Decimal]] = []
    for price in sorted({line.price for line in lines if line.price < base}, reverse=True):
        above = found[-1][0] if found else usual
        minimum = _edge(lines, price, above)
        if minimum is not None:
            found.append((minimum, price))
    return tuple(found[:MOST_BREAKS])


def _edge(lines: Sequence[Line], price: Decimal, above: float) -> int | None:
    """Find the least quantity from which on nearly all paid at most this price, two of them just this."""
    for quantity in sorted({line.quantity for line in lines if line.price == price}):
        paid = [line.price for line in lines if line.quantity >= quantity]
        kept = sum(amount <= price for amount in paid)
        if _tidy(quantity) > above and paid.count(price) > 1 and kept * 4 >= len(paid) * 3:
            return _tidy(quantity)
    return None


def _tidy(quantity: int) -> int:
    """Round a quantity down to a usual one, since the sample rarely shows the very edge of a break."""
    return max((tidy for tidy in TIDY_QUANTITIES if tidy <= quantity), default=1)
