"""What the office should look at. A doubt is noted and never a reason to refuse: the shop was told otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import msgspec

from wizterm.domain.cart import Cart, Line
from wizterm.domain.checking import differences
from wizterm.domain.limits import RepLimits
from wizterm.domain.money import AmountError
from wizterm.domain.options import faults
from wizterm.domain.prices import Price, PriceSheet
from wizterm.domain.pricing import pricer
from wizterm.domain.totals import Totals
from wizterm.protocol.agreed import agreed_cart, stated_totals
from wizterm.protocol.bodies import Head, OrderBody
from wizterm.server import approvals
from wizterm.server.intake.reading import Paper
from wizterm.server.intake.standing import Standing
from wizterm.server.price_terms import TermsBook, terms_book
from wizterm.server.pricebook import PriceBook, price_book

DAY = timedelta(days=1)


class Doubt(msgspec.Struct, frozen=True):
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Books:
    """All that a batch's figures can be compared with, read at once."""

    prices: PriceBook
    terms: TermsBook
    limits: Mapping[str, RepLimits]
    """By rep."""


def books_for(papers: Iterable[Paper]) -> Books:
    orders = [paper.body for paper in papers if isinstance(paper.body, OrderBody)]
    prices = price_book(
        {order.price_list for order in orders},
        {order.customer.id for order in orders},
        {line.sku for order in orders for line in order.lines},
    )
    return Books(prices, terms_book(), {rep: approvals.limits_of(rep) for rep in {order.rep for order in orders}})


def doubts(paper: Paper, standing: Standing, books: Books, today: date) -> tuple[Doubt, ...]:
    """Everything about this paper that a person should see."""
    return tuple(_doubts(paper, standing, books, today))


def _doubts(paper: Paper, standing: Standing, books: Books, today: date) -> Iterator[Doubt]:
    body = paper.body
    if standing.forgotten(paper.envelope.receipt):
        yield Doubt("replayed", "It was taken before, and came again after the store was restored from a backup.")
    yield from _about_days(body, today)
    if body.number in standing.numbers:
        yield Doubt("number_taken", f"Another document bears the number {body.number}.")
    if isinstance(body, OrderBody):
        if not standing.customers.get(body.customer.id, False):
            yield Doubt("customer_moved", "The customer is no longer this rep's.")
        yield from _about_figures(body, books)


def _about_days(body: Head, today: date) -> Iterator[Doubt]:
    try:
        local = (body.submitted_at + timedelta(minutes=body.utc_offset_minutes)).date()
    except OverflowError:
        yield Doubt("clock", f"The device's clock and its offset of {body.utc_offset_minutes} minutes are no day.")
        return
    if abs(body.business_date - local) > DAY:
        yield Doubt(
            "business_date", f"The business date {body.business_date} is not the day it was submitted, {local}."
        )
    if local - today > DAY:
        yield Doubt("clock", f"The device's clock says {local}, the server's {today}.")


def _about_figures(body: OrderBody, books: Books) -> Iterator[Doubt]:
    """What was agreed, compared with what the same engine makes of the server's own data."""
    book = books.prices
    try:
        cart, stated = agreed_cart(body, book.facts), stated_totals(body)
    except AmountError:
        yield Doubt("currency", f"{body.currency[:10]!r} is no currency.")
        return
    except ValueError as error:
        yield Doubt("unknown_word", f"The document says something that has no meaning here: {error}.")
        return
    unknown = [line.sku for line in cart.lines if not book.knows(line.sku)]
    yield from (Doubt("unknown_product", f"{sku} is not in the catalogue.") for sku in unknown)
    genuine = tuple(each for each in cart.approvals if approvals.is_genuine(each, body.id, body.revision))
    for each in cart.approvals:
        if each not in genuine:
            yield Doubt(
                "approval", f"The approval by {each.approver[:24]} is not one that was given for this document."
            )
    for line in cart.lines:
        for fault in faults(book.options.of(line.sku, body.currency), line.options) if book.knows(line.sku) else ():
            yield Doubt("options", f"{line.sku}: {fault}")
    yield from _differences(replace(cart, approvals=genuine), stated, body, books)


def _differences(cart: Cart, stated: Totals, body: OrderBody, books: Books) -> Iterator[Doubt]:
    """A product that is not known is said once, not once more as not sold."""
    book = books.prices
    sheets = {line.sku: sheet for line in cart.lines if (sheet := _sheet(line.sku, body, book)) is not None}
    own = pricer(sheets, body.business_date)

    def price(line: Line) -> Price | None:
        return own(line) if book.knows(line.sku) else line.price

    for found in differences(cart, stated, price, books.terms.of(body), books.limits[body.rep]):
        yield Doubt(found.code, found.words)


def _sheet(sku: str, body: OrderBody, book: PriceBook) -> PriceSheet | None:
    return book.sheet(body.customer.id, body.price_list, body.currency, sku)
