"""Where a cart's discounts go beyond what the rep may give alone.

Percentages are of the gross before any discount: of what the line would cost at the company's own price. A line is
held to what was taken off it alone (a typed price counts as such), a cart to what its own discounts take off, and a
floor to the price that is left after both. What promotions take off is the company's own doing. What goes back is held
to the company's own price the other way round: crediting more is money off too. Of what the same order sells, crediting
more than is paid for it needs approval whatever the rep's limits are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from wizterm.domain.both_ways import both_ways
from wizterm.domain.cart import Cart, Line
from wizterm.domain.discount import HUNDRED, CartDiscount, Off, percent_off, whole_percent
from wizterm.domain.limits import RepLimits, strictest
from wizterm.domain.money import ZERO, Currency
from wizterm.domain.quantity import show
from wizterm.domain.totals import LineTotal, Totals


@dataclass(frozen=True, slots=True)
class Overrun:
    """One limit that is passed."""

    words: str
    percent: Decimal
    """How much discount an approval has to allow, in whole percent."""
    line: str = ""
    """Id of the line; empty where it is the cart."""


def overruns(cart: Cart, figures: Totals, rep: RepLimits) -> tuple[Overrun, ...]:
    """Every limit that is passed and that no approval of the cart covers."""
    allowed = max((approval.percent for approval in cart.approvals), default=ZERO)
    found = [
        over
        for line, part in zip(cart.lines, figures.lines, strict=True)
        for over in _of_line(line, part, figures, rep)
    ]
    found += [*_of_both_ways(cart, figures), *_of_cart(cart, figures, rep)]
    return tuple(over for over in found if over.percent > allowed)


def wanted_percent(found: tuple[Overrun, ...]) -> Decimal:
    """The discount that one approval must allow for all of them."""
    return max((over.percent for over in found), default=ZERO)


def off_line(line: Line, part: LineTotal, in_: Currency) -> tuple[Decimal, Decimal]:
    """What the line would cost at the company's own price, and what the rep took off it on the line itself."""
    own = line.instead_of if line.price is not None and line.price.is_typed else line.price
    before = in_.round(line.quantity * own.amount) if own is not None else part.gross
    return before, before - part.gross + part.discount


def _of_line(line: Line, part: LineTotal, figures: Totals, rep: RepLimits) -> Iterator[Overrun]:
    before, off = off_line(line, part, figures.currency)
    if line.is_credit:
        yield from _of_credit(line, off, -before, rep)
        return
    if off <= 0 and not part.cart_discount:
        return
    most, percent = strictest(rep.most_line_discount, line.limits.most_discount), _percent_of_line(line, off, before)
    if most is not None and percent > most:
        words = f"{line.sku}: {show(whole_percent(percent))} % off, at most {show(most)} % without approval."
        yield Overrun(words, whole_percent(percent), line.id)
    off += part.cart_discount
    floor = line.limits.floor if line.limits.currency == figures.currency.code else None
    if floor is not None and off > 0 and part.share < figures.currency.round(floor * line.quantity):
        lowest = figures.currency.show_price(floor)
        words = f"{line.sku}: below its lowest price of {lowest}, which needs approval."
        yield Overrun(words, max(whole_percent(percent_off(off, before)), Decimal(1)), line.id)


def _of_credit(line: Line, off: Decimal, own: Decimal, rep: RepLimits) -> Iterator[Overrun]:
    """Credited dearer than the company's own price is money off as well."""
    most = strictest(rep.most_line_discount, line.limits.most_discount)
    percent = percent_off(off, own)
    if most is not None and percent > most:
        words = f"{line.sku}: credited {show(whole_percent(percent))} % above its price, at most {show(most)} % "
        yield Overrun(f"{words}without approval.", whole_percent(percent), line.id)


def _of_both_ways(cart: Cart, figures: Totals) -> Iterator[Overrun]:
    show_amount = figures.currency.show
    for each in both_ways(cart, figures):
        if over := each.over(figures.currency):
            words = (
                f"{each.sku}: {show(each.back)} go back for {show_amount(each.credited)}, and this order sells as many "
                f"for {show_amount(each.worth(figures.currency))}: take them back in another order, or get approval."
            )
            yield Overrun(words, max(whole_percent(percent_off(over, each.credited)), Decimal(1)), each.line)


def _percent_of_line(line: Line, off: Decimal, before: Decimal) -> Decimal:
    """A typed percentage is judged as typed: rounding its money to the minor unit is not the rep's doing."""
    percent = percent_off(off, before)
    if (
        line.discount is None
        or line.discount.off is not Off.PERCENT
        or (line.price is not None and line.price.is_typed)
    ):
        return percent
    return min(percent, line.discount.value)


def _most_of(discounts: tuple[CartDiscount, ...]) -> Decimal:
    """What percentages, each of what the one before it leaves, come to before rounding; all where one is an amount."""
    left = HUNDRED
    for discount in discounts:
        left = left * (HUNDRED - discount.value) / HUNDRED if discount.off is Off.PERCENT else ZERO
    return HUNDRED - left


def _of_cart(cart: Cart, figures: Totals, rep: RepLimits) -> Iterator[Overrun]:
    if not cart.discounts:
        return
    whole = sum(
        (
            off_line(line, part, figures.currency)[0]
            for line, part in zip(cart.lines, figures.lines, strict=True)
            if not line.is_credit
        ),
        ZERO,
    )
    percent = min(percent_off(sum(figures.discounts, ZERO), whole), _most_of(cart.discounts))
    if rep.most_cart_discount is not None and percent > rep.most_cart_discount:
        most = show(rep.most_cart_discount)
        words = f"{show(whole_percent(percent))} % off the cart, at most {most} % without approval."
        yield Overrun(words, whole_percent(percent))
