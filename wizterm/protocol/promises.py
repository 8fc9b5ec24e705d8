"""What a quote promises to whoever orders from it: the device prices by it, and the server checks by it."""

from __future__ import annotations

from decimal import Decimal, localcontext

from msgspec.structs import replace

from wizterm.domain.discount import Off
from wizterm.domain.money import PRECISION, ZERO
from wizterm.protocol.bodies import OrderBody, OrderLine

SIX_DECIMALS = Decimal("0.000001")
"""Of a unit price: what is lost there is less than a minor unit of any line's amount."""


def without_promotions(body: OrderBody) -> OrderBody:
    """What promotions took off stands in the unit prices: a promise holds when they have ended."""
    return replace(body, lines=tuple(_promotions_in_price(line) for line in body.lines))


def _promotions_in_price(line: OrderLine) -> OrderLine:
    if not (line.promotions and line.quantity):
        return line
    with localcontext(prec=PRECISION):
        off = sum((promotion.amount for promotion in line.promotions), ZERO)
        price = ((line.gross - off) / line.quantity).quantize(SIX_DECIMALS)
    discount = replace(line.discount, off=str(Off.AMOUNT), value=line.discount.amount) if line.discount else None
    return replace(line, unit_price=price, promotions=(), discount=discount)
