"""What a cart comes to. Every total is the sum of the parts shown with it, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from wizterm.domain.cart import Cart, Line
from wizterm.domain.money import PRECISION, ZERO, Currency, currency, share_out


@dataclass(frozen=True, slots=True)
class LineTotal:
    line: str
    """The line's id."""
    gross: Decimal
    discount: Decimal
    net: Decimal
    """gross − discount."""
    cart_discount: Decimal
    """The line's share of the cart's discounts."""


@dataclass(frozen=True, slots=True)
class Totals:
    currency: Currency
    lines: tuple[LineTotal, ...]
    subtotal: Decimal
    """Σ net."""
    discounts: tuple[Decimal, ...]
    """What each discount of the cart takes off, in their order."""
    total: Decimal

    def of(self, line_id: str) -> LineTotal:
        return next(line for line in self.lines if line.line == line_id)


def totals(cart: Cart) -> Totals:
    """The cart's figures; a line without a price counts as zero and blocks submitting elsewhere."""
    in_ = currency(cart.currency)
    with localcontext(prec=PRECISION):
        nets = [_net(line, in_) for line in cart.lines]
        shares, discounts = _cart_discounts(cart, [net for _, _, net in nets], in_)
        subtotal = sum((net for _, _, net in nets), ZERO)
        lines = tuple(
            LineTotal(line.id, gross, off, net, share)
            for line, (gross, off, net), share in zip(cart.lines, nets, shares, strict=True)
        )
        return Totals(in_, lines, subtotal, discounts, subtotal - sum(discounts, ZERO))


def _net(line: Line, in_: Currency) -> tuple[Decimal, Decimal, Decimal]:
    gross = in_.round(line.quantity * line.price.amount) if line.price is not None else ZERO
    off = line.discount.amount(gross, in_) if line.discount is not None else ZERO
    return gross, off, gross - off


def _cart_discounts(cart: Cart, nets: list[Decimal], in_: Currency) -> tuple[list[Decimal], tuple[Decimal, ...]]:
    """Each line's share of all cart discounts, and each discount's amount."""
    remaining = [net if line.discountable and net > 0 else ZERO for line, net in zip(cart.lines, nets, strict=True)]
    shares = [ZERO for _ in nets]
    amounts: list[Decimal] = []
    for discount in cart.discounts:
        amount = discount.amount(sum(remaining, ZERO), in_)
        parts = share_out(amount, remaining, in_) if amount else [ZERO for _ in nets]
        remaining = [left - part for left, part in zip(remaining, parts, strict=True)]
        shares = [share + part for share, part in zip(shares, parts, strict=True)]
        amounts.append(amount)
    return shares, tuple(amounts)
