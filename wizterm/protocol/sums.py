"""What the total of a frozen order is made of, row by row, for screen and paper."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from wizterm.domain.money import ZERO
from wizterm.protocol.bodies import Discount, OrderBody


@dataclass(frozen=True, slots=True)
class Sum:
    words: str
    amount: Decimal
    counts: bool = True
    """Whether it adds to the total; a tax that prices contain is only told."""


def sums(body: OrderBody) -> tuple[Sum, ...]:
    """Every part of the total but the total itself; empty where the lines alone make it."""
    discounts = [Sum(each.reason or f"order {off(each)}", -each.amount) for each in body.discounts]
    fees = [Sum(each.name or each.code, each.amount) for each in body.fees]
    taxes = [
        Sum(
            f"{'includes' if each.inclusive else 'tax'} {each.code} {each.rate.normalize():f} %",
            each.amount,
            counts=not each.inclusive,
        )
        for each in body.taxes
    ]
    parts = (*discounts, *fees, *taxes)
    back = sum((line.net for line in body.lines if line.quantity < 0), ZERO)
    if back:
        goods = body.subtotal - back
        return (*((Sum("goods", goods),) if goods else ()), Sum("credit", back), *parts)
    return (Sum("subtotal", body.subtotal), *parts) if parts else ()


def called(body: OrderBody) -> Literal["order", "quote", "return"]:
    """What people call the document: an order by which everything goes back is a return."""
    if body.kind == "quote":
        return "quote"
    return "return" if body.lines and all(line.quantity < 0 for line in body.lines) else "order"


def off(discount: Discount) -> str:
    """10 %, or the amount."""
    return f"{discount.value.normalize():f} %" if discount.off == "percent" else f"{discount.value:f}"
