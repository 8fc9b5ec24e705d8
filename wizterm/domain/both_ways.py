"""Products that an order sells and takes back at once: what is paid for them, and what is credited.

Returns in an order of their own are credited at the company's price. Beside a purchase of the same product that price
could be more than was paid there, so that goods which never move would be paid out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from wizterm.domain.cart import Cart, Line
from wizterm.domain.money import PRECISION, ZERO, Currency
from wizterm.domain.totals import LineTotal, Totals

HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class BothWays:
    """One product's lines of both kinds."""

    sku: str
    bought: Decimal
    """Base units."""
    paid: Decimal
    """For these, after every discount and before fees and tax."""
    back: Decimal
    """Base units, above zero."""
    credited: Decimal
    """For these, above zero."""
    line: str
    """Id of the last line that goes back."""
    lines: int
    """How many are bought: each may have been rounded by half of the minor unit."""

    def worth(self, in_: Currency) -> Decimal:
        """What as many as go back were sold for."""
        with localcontext(prec=PRECISION):
            return in_.round(self.back * self.paid / self.bought)

    def over(self, in_: Currency) -> Decimal:
        """How much more is credited than what they were sold for; rounding is nobody's doing."""
        with localcontext(prec=PRECISION):
            most = self.back * (self.paid + HALF * in_.unit * self.lines) / self.bought
            return self.credited - self.worth(in_) if self.credited > in_.round(most) else ZERO


def both_ways(cart: Cart, figures: Totals) -> Iterator[BothWays]:
    """Of each product that stands in the cart as bought and as going back."""
    if not any(line.is_credit for line in cart.lines):
        return
    for sku, found in _by_product(cart, figures).items():
        back = [(line, part) for line, part in found if line.is_credit]
        bought = [(line, part) for line, part in found if line.quantity > 0]
        if back and bought:
            yield BothWays(
                sku=sku,
                bought=sum((line.quantity for line, _ in bought), ZERO),
                paid=sum((part.share for _, part in bought), ZERO),
                back=-sum((line.quantity for line, _ in back), ZERO),
                credited=-sum((part.share for _, part in back), ZERO),
                line=back[-1][0].id,
                lines=len(bought),
            )


def bought(cart: Cart, figures: Totals) -> Decimal | None:
    """What is bought, without what the same order takes back of it; None where all goes back.

    What goes back of other products does not count: it was bought before.
    """
    shares = [part.share for line, part in zip(cart.lines, figures.lines, strict=True) if not line.is_credit]
    returned = (min(each.credited, each.paid) for each in both_ways(cart, figures))
    return sum(shares, ZERO) - sum(returned, ZERO) if shares else None


def _by_product(cart: Cart, figures: Totals) -> dict[str, list[tuple[Line, LineTotal]]]:
    found: defaultdict[str, list[tuple[Line, LineTotal]]] = defaultdict(list)
    for line, part in zip(cart.lines, figures.lines, strict=True):
        found[line.sku].append((line, part))
    return found
