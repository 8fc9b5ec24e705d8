"""What the company takes off by itself: for some customers, on some products, on some days, from some quantity on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wizterm.domain.cart import Line
from wizterm.domain.discount import Off, amount_off
from wizterm.domain.money import ZERO, Currency, share_out


@dataclass(frozen=True, slots=True)
class Promotion:
    id: str
    name: str
    off: Off
    value: Decimal
    """Percent of the gross, or an amount for each base unit."""
    valid_from: date | None = None
    valid_to: date | None = None
    """The last day it holds."""
    customers: tuple[str, ...] = ()
    """Public ids."""
    price_lists: tuple[str, ...] = ()
    """A group of customers is who has one price list. Neither customers nor lists named: it is for everyone."""
    skus: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    """Groups of products. Neither products nor families named: it is on everything that may be discounted."""
    threshold: Decimal = ZERO
    """Base units that must be in the cart."""
    combined: bool = False
    """Whether all its lines together reach the threshold, or each line must."""
    cap: Decimal | None = None
    """The most it takes off one cart."""
    adds_up: bool = False
    """Whether it comes on top of others; else the best single one counts."""

    def holds_for(self, customer: str, price_list: str, on: date) -> bool:
        if not (self.valid_from or date.min) <= on <= (self.valid_to or date.max):
            return False
        return not (self.customers or self.price_lists) or customer in self.customers or price_list in self.price_lists

    def is_on(self, line: Line) -> bool:
        """A price the rep typed, and what goes back, stand outside of all promotions."""
        if line.price is None or line.price.is_agreed or line.quantity <= 0:
            return False
        if self.skus or self.families:
            return line.sku in self.skus or line.family in self.families
        return line.discountable


@dataclass(frozen=True, slots=True)
class Taken:
    """What a promotion takes off one line."""

    promotion: str
    name: str
    amount: Decimal


def in_force(promotions: Iterable[Promotion], customer: str, price_list: str, on: date) -> tuple[Promotion, ...]:
    return tuple(sorted((p for p in promotions if p.holds_for(customer, price_list, on)), key=lambda p: p.id))


def taken(
    promotions: Sequence[Promotion], lines: Sequence[Line], grosses: Sequence[Decimal], in_: Currency
) -> list[tuple[Taken, ...]]:
    """For each line what is taken off it: the best single promotion, and all that add up; never more than the gross."""
    by_promotion = [(promotion, _offers(promotion, lines, grosses, in_)) for promotion in promotions]
    return [
        _chosen([(promotion, offers[place]) for promotion, offers in by_promotion if offers[place]], gross)
        for place, gross in enumerate(grosses)
    ]


def _chosen(offers: Sequence[tuple[Promotion, Decimal]], gross: Decimal) -> tuple[Taken, ...]:
    single = max(
        ((promotion, amount) for promotion, amount in offers if not promotion.adds_up),
        key=lambda offer: offer[1],
        default=None,
    )
    chosen = [offer for offer in offers if offer[0].adds_up or offer == single]
    found: list[Taken] = []
    for promotion, amount in chosen:
        left = gross - sum((each.amount for each in found), ZERO)
        if min(amount, left) > 0:
            found.append(Taken(promotion.id, promotion.name, min(amount, left)))
    return tuple(found)


def _offers(
    promotion: Promotion, lines: Sequence[Line], grosses: Sequence[Decimal], in_: Currency
) -> Sequence[Decimal]:
    """What it would take off each line, its cap shared among them."""
    touched = [promotion.is_on(line) for line in lines]
    together = sum((line.quantity for line, is_on in zip(lines, touched, strict=True) if is_on), ZERO)
    offers = [
        _offer(promotion, line, gross, in_)
        if is_on and (together if promotion.combined else line.quantity) >= promotion.threshold
        else ZERO
        for line, gross, is_on in zip(lines, grosses, touched, strict=True)
    ]
    if promotion.cap is None or sum(offers, ZERO) <= promotion.cap:
        return offers
    return share_out(in_.round(promotion.cap), offers, in_)


def _offer(promotion: Promotion, line: Line, gross: Decimal, in_: Currency) -> Decimal:
    value = promotion.value if promotion.off is Off.PERCENT else promotion.value * line.quantity
    return amount_off(promotion.off, value, gross, in_)
