"""What the list of carts says of each: where it lives, and what can be done there."""

from __future__ import annotations

from datetime import datetime
from decimal import InvalidOperation

from wizterm.domain.clock import Clock, age
from wizterm.domain.days import show_day
from wizterm.domain.money import AmountError, currency
from wizterm.services.cart_summary import CartSummary, Where
from wizterm.widgets.row_line import Column, Row

WIDE = 100
"""Columns of the terminal from which there is room for the whole badge; below, the foot of the list says the rest."""
USUAL = 70
"""Columns below which the count of lines gives its place to the names."""

_BADGES = {
    Where.GOING: "☁ on its way",
    Where.COMING: "☁ coming here",
    Where.UNREADABLE: "! cannot be read",
}
_SHORT = {
    Where.GOING: "☁ going",
    Where.COMING: "☁ coming",
    Where.UNREADABLE: "! unread",
    Where.GONE: "→ taken",
    Where.SETTLED: "→ taken",
    Where.SERVER: "☁ server",
}
"""Where a word must do, so that names have room."""


_ELSEWHERE = {
    Where.GONE: "{device} took it, {when}, and has not said that it came: where that one is lost, the office frees it.",
    Where.SETTLED: "Continued on {device}, {when}. Delete takes it off this list.",
    Where.UNREADABLE: "From {device}, {when}: update this WizTerm, or ask the office. Delete takes it off this list.",
}


def columns(width: int) -> tuple[Column, ...]:
    """For a terminal of so many columns: names have whatever the rest can do without."""
    found = (
        Column("", 1),
        Column("Name", 24 if width >= WIDE else 14 if width >= USUAL else 8, both_ends=True),
        Column("Customer", 10, grow=True, both_ends=True),
        Column("Lines", 5, align="right"),
        Column("Total", 8, align="right"),
        Column("Age", 3, align="right"),
        Column("Where", 24 if width >= WIDE else 8),
    )
    return found if width >= USUAL else tuple(column for column in found if column.title != "Lines")


def row_of(cart: CartSummary, clock: Clock, *, online: bool, width: int) -> Row:
    """Grey where nothing can be done with it just now."""
    grey = cart.held or cart.where in {Where.GONE, Where.SETTLED} or (cart.where is not Where.HERE and not online)
    cells = {
        "": "▸" if cart.at_hand else "",
        "Name": cart.name,
        "Customer": cart.customer or "guest cart",
        "Lines": str(cart.lines),
        "Total": _total(cart),
        "Age": " ".join(age(clock.now() - cart.touched_at).removeprefix("just ").split()[:2]),
        "Where": badge(cart, clock) if width >= WIDE else _SHORT.get(cart.where) or badge(cart, clock),
    }
    return Row(cart.id, tuple(cells[column.title] for column in columns(width)), style="quiet" if grey else "")


def _total(cart: CartSummary) -> str:
    """Empty where another program's words on it are no amount."""
    try:
        return f"{cart.currency} {currency(cart.currency).show(cart.total)}"
    except (AmountError, InvalidOperation):
        return ""


def badge(cart: CartSummary, clock: Clock) -> str:
    match cart.where:
        case Where.HERE:
            return "‖ held" if cart.held else "⌂ here"
        case Where.GOING | Where.COMING | Where.UNREADABLE:
            return _BADGES[cart.where]
        case Where.GONE | Where.SETTLED:
            return f"→ continued on {cart.device}"
        case Where.SERVER if cart.cart:
            return "☁ on the server"
        case _:
            return f"☁ from {cart.device}, {_when(cart.touched_at, clock)}"


def about(cart: CartSummary, clock: Clock, barred: str) -> str:
    """More than the badge says; `barred` is why nothing can be taken just now, empty where it can."""
    when = _when(cart.touched_at, clock)
    match cart.where:
        case Where.HERE:
            return ""
        case Where.GONE | Where.SETTLED | Where.UNREADABLE:
            return _ELSEWHERE[cart.where].format(device=cart.device, when=when)
        case Where.GOING:
            return f"The server has not answered yet: locked until it does; c copies it. {barred}"
        case Where.COMING:
            return f"Asked for, and not heard of yet: it comes with the next contact. {barred}"
        case Where.SERVER if cart.cart:
            return barred or f"Since {when}: another device of yours can go on with it; ↵ takes it back."
        case _:
            return barred or f"From {cart.device}, {when}: ↵ takes it to this device."


def _when(at: datetime, clock: Clock) -> str:
    """The time of day, or the day where that was another one."""
    local, today = at.astimezone(), clock.now().astimezone().date()
    return f"{local:%H:%M}" if local.date() == today else show_day(local.date(), today)
