"""Carts made of carts: copied, put together, and taken apart by delivery day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from wizterm.domain.cart import Cart, Line
from wizterm.domain.discount import Off
from wizterm.domain.ids import NewId


def copied(cart: Cart, new_id: NewId, name: str) -> Cart:
    """The same again as a cart of its own; what was signed or approved was so for the other one."""
    details = replace(cart.details, signature=None)
    return replace(cart, id=new_id(), name=name, details=details, revision=1, quote="", approvals=(), revised=None)


def merged(cart: Cart, other: Cart, new_id: NewId) -> Cart:
    """With the other's lines: each on the line it belongs to, else at the end. Prices are still to be set."""
    lines = list(cart.lines)
    for line in other.lines:
        place = next((at for at, standing in enumerate(lines) if standing.adds_to(line)), None)
        if place is None:
            lines.append(replace(line, id=new_id()))
        else:
            lines[place] = replace(lines[place], count=lines[place].count + line.count, scanned=None)
    return replace(cart, lines=tuple(lines), details=replace(cart.details, signature=None))


def split_by_day(cart: Cart, new_id: NewId) -> tuple[Cart, ...]:
    """A cart for each delivery day; the first keeps the id, and the discounts that are amounts."""
    days = sorted({line.deliver_on for line in cart.lines}, key=lambda day: day or date.min)
    return tuple(
        _part(cart, day, [line for line in cart.lines if line.deliver_on == day], None if place == 0 else new_id())
        for place, day in enumerate(days)
    )


def _part(cart: Cart, day: date | None, lines: Sequence[Line], cart_id: str | None) -> Cart:
    details = cart.details
    if day is not None:
        details = replace(details, deliver_from=day, deliver_to=None)
    part = replace(cart, lines=tuple(replace(line, deliver_on=None) for line in lines), details=details)
    if cart_id is None:
        return part
    percents = tuple(discount for discount in cart.discounts if discount.off is Off.PERCENT)
    unsigned = replace(details, signature=None)
    return replace(
        part, id=cart_id, discounts=percents, details=unsigned, revision=1, quote="", approvals=(), revised=None
    )
