"""How figures are written in panes: short, and so that they line up."""

from __future__ import annotations

from decimal import Decimal

from wizterm.domain.clock import Clock, age
from wizterm.domain.money import Currency
from wizterm.domain.prices import Price, first_break
from wizterm.domain.product import Stock
from wizterm.domain.quantity import show
from wizterm.services.catalogue import Offer

BARS = "▁▂▃▄▅▆▇█"
LOW = Decimal(10)


def price(amount: Price | None, in_: Currency) -> str:
    return in_.show_price(amount.amount) if amount is not None else "—"


def next_break(offer: Offer, in_: Currency) -> str:
    """The first better price and where it begins: 2.55@32."""
    better = first_break(offer.ladder)
    return f"{in_.show_price(better.amount)}@{show(better.min_quantity)}" if better else ""


def stock(count: Stock | None) -> str:
    """The count; a dash where there is none, a dot before one that is low."""
    if count is None or count.quantity <= 0:
        return "—"
    return f"·{show(count.quantity)}" if count.quantity < LOW else show(count.quantity)


def stock_with_age(count: Stock | None, clock: Clock) -> str:
    if count is None:
        return "stock not known"
    return f"stock {show(count.quantity)}, {age_of(count, clock)}"


def age_of(count: Stock, clock: Clock) -> str:
    said = age(clock.now() - count.at)
    return said if said == "just now" else f"{said} old"


def sparkline(values: tuple[Decimal, ...]) -> str:
    """One bar a value, the largest full; empty where there is nothing to show."""
    most = max(values, default=Decimal(0))
    if most <= 0:
        return ""
    return "".join(BARS[int(max(value, Decimal(0)) / most * (len(BARS) - 1))] for value in values)
