"""What a cart comes to. Every total is the sum of the parts shown with it, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from wizterm.domain.cart import Cart, Line
from wizterm.domain.money import PRECISION, ZERO, Currency, currency, share_out
from wizterm.domain.promotions import Taken, taken
from wizterm.domain.tax import TaxTotal, tax_totals
from wizterm.domain.terms import NO_TERMS, Terms


@dataclass(frozen=True, slots=True)
class LineTotal:
    line: str
    """The line's id."""
    gross: Decimal
    discount: Decimal
    """The rep's, on this line."""
    net: Decimal
    """gross − promotion − discount."""
    cart_discount: Decimal
    """The line's share of the cart's discounts."""
    promotions: tuple[Taken, ...] = ()

    @property
    def promotion(self) -> Decimal:
        return sum((each.amount for each in self.promotions), ZERO)

    @property
    def is_credit(self) -> bool:
        return self.gross < 0

    @property
    def share(self) -> Decimal:
        """What the line brings to the total, before fees and tax."""
        return self.net - self.cart_discount


@dataclass(frozen=True, slots=True)
class Totals:
    currency: Currency
    lines: tuple[LineTotal, ...]
    subtotal: Decimal
    """Σ net."""
    discounts: tuple[Decimal, ...]
    """What each discount of the cart takes off, in their order."""
    goods: Decimal
    """subtotal − Σ discounts."""
    fees: tuple[Decimal, ...]
    """What each fee of the cart comes to, in their order."""
    taxes: tuple[TaxTotal, ...]
    """An estimate."""
    total: Decimal
    """goods + Σ fees + Σ taxes that are not in the prices already."""

    def of(self, line_id: str) -> LineTotal:
        return next(line for line in self.lines if line.line == line_id)


def totals(cart: Cart, terms: Terms = NO_TERMS) -> Totals:
    """The cart's figures; a line without a price counts as zero and blocks submitting elsewhere."""
    in_ = currency(cart.currency)
    with localcontext(prec=PRECISION):
        lines, discounts = _with_shares(cart, _nets(cart.lines, terms, in_), in_)
        subtotal = sum((line.net for line in lines), ZERO)
        goods = subtotal - sum(discounts, ZERO)
        fees = tuple(fee.amount(goods, in_) for fee in cart.fees)
        taxes = _taxes(cart, lines, fees, terms, in_)
        added = sum((tax.amount for tax in taxes if not tax.rate.inclusive), ZERO)
        return Totals(in_, lines, subtotal, discounts, goods, fees, taxes, goods + sum(fees, ZERO) + added)


def gross(line: Line, in_: Currency) -> Decimal:
    return in_.round(line.quantity * line.price.amount) if line.price is not None else ZERO


def _nets(lines: Sequence[Line], terms: Terms, in_: Currency) -> list[LineTotal]:
    grosses = [gross(line, in_) for line in lines]
    promoted = taken(terms.promotions, lines, grosses, in_) if terms.promotions else [() for _ in lines]
    return [_net(*parts, in_) for parts in zip(lines, grosses, promoted, strict=True)]


def _net(line: Line, gross_: Decimal, promotions: tuple[Taken, ...], in_: Currency) -> LineTotal:
    left = gross_ - sum((each.amount for each in promotions), ZERO)
    off = min(line.discount.amount(gross_, in_), max(left, ZERO)) if line.discount is not None else ZERO
    return LineTotal(line.id, gross_, off, left - off, ZERO, promotions)


def _with_shares(
    cart: Cart, lines: Sequence[LineTotal], in_: Currency
) -> tuple[tuple[LineTotal, ...], tuple[Decimal, ...]]:
    """The lines with their shares of all cart discounts, and each discount's amount."""
    remaining = [
        part.net if line.discountable and part.net > 0 else ZERO for line, part in zip(cart.lines, lines, strict=True)
    ]
    begun = list(remaining)
    amounts: list[Decimal] = []
    for discount in cart.discounts:
        amount = discount.amount(sum(remaining, ZERO), in_)
        if amount:
            parts = share_out(amount, remaining, in_)
            remaining = [left - part for left, part in zip(remaining, parts, strict=True)]
        amounts.append(amount)
    shared = tuple(
        LineTotal(part.line, part.gross, part.discount, part.net, before - left, part.promotions)
        for part, before, left in zip(lines, begun, remaining, strict=True)
    )
    return shared, tuple(amounts)


def _taxes(
    cart: Cart, lines: Sequence[LineTotal], fees: Sequence[Decimal], terms: Terms, in_: Currency
) -> tuple[TaxTotal, ...]:
    if not terms.rates:
        return ()
    goods = [(line.tax_code, part.share) for line, part in zip(cart.lines, lines, strict=True)]
    charged = [(fee.tax_code, amount) for fee, amount in zip(cart.fees, fees, strict=True) if fee.tax_code]
    return tax_totals(terms.rates, [*goods, *charged], in_)
