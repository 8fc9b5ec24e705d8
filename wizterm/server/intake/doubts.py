"""What the office should look at. A doubt is noted and never a reason to refuse: the shop was told otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from wizterm.domain.money import AmountError, currency
from wizterm.domain.options import Chosen, faults, surcharge
from wizterm.domain.prices import PriceSource
from wizterm.protocol.bodies import Head, OrderBody, OrderLine
from wizterm.server.intake.reading import Paper
from wizterm.server.intake.standing import Standing
from wizterm.server.pricebook import PriceBook, price_book

DAY = timedelta(days=1)


class Doubt(msgspec.Struct, frozen=True):
    code: str
    words: str


def book_for(papers: Iterable[Paper]) -> PriceBook:
    """All prices the papers' lines can be compared with."""
    orders = [paper.body for paper in papers if isinstance(paper.body, OrderBody)]
    return price_book(
        {order.price_list for order in orders},
        {order.customer.id for order in orders},
        {line.sku for order in orders for line in order.lines},
    )


def doubts(paper: Paper, standing: Standing, book: PriceBook, today: date) -> tuple[Doubt, ...]:
    """Everything about this paper that a person should see."""
    return tuple(_doubts(paper, standing, book, today))


def _doubts(paper: Paper, standing: Standing, book: PriceBook, today: date) -> Iterator[Doubt]:
    body = paper.body
    if standing.forgotten(paper.envelope.receipt):
        yield Doubt("replayed", "It was taken before, and came again after the store was restored from a backup.")
    yield from _about_days(body, today)
    if body.number in standing.numbers:
        yield Doubt("number_taken", f"Another document bears the number {body.number}.")
    if isinstance(body, OrderBody):
        if not standing.customers.get(body.customer.id, False):
            yield Doubt("customer_moved", "The customer is no longer this rep's.")
        yield from _about_sums(body)
        for line in body.lines:
            yield from _about_line(line, body, book)


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


def _about_sums(body: OrderBody) -> Iterator[Doubt]:
    try:
        round_ = currency(body.currency).round
    except AmountError:
        yield Doubt("currency", f"{body.currency[:10]!r} is no currency.")
        return
    if any(line.gross != round_(line.quantity * line.unit_price) for line in body.lines):
        yield Doubt("sums", "A line's amount is not its quantity times its price.")
    net = sum((line.net - line.cart_discount for line in body.lines), Decimal(0))
    if net != body.total:
        yield Doubt("sums", f"The total is {body.total}, its lines come to {net}.")


def _about_line(line: OrderLine, body: OrderBody, book: PriceBook) -> Iterator[Doubt]:
    sheet = book.sheet(body.customer.id, body.price_list, body.currency, line.sku)
    if sheet is None:
        yield Doubt("unknown_product", f"{line.sku} is not in the catalogue.")
        return
    chosen = tuple(Chosen(each.modifier, each.option, each.surcharge) for each in line.options)
    for fault in faults(book.options.of(line.sku, body.currency), chosen):
        yield Doubt("options", f"{line.sku}: {fault}")
    if line.price_reason.source in {PriceSource.TYPED, PriceSource.QUOTE}:
        return
    price = sheet.price(line.quantity, body.business_date)
    if price is None:
        yield Doubt("not_sold", f"{line.sku} is not sold to this customer.")
    elif (ours := price.amount + surcharge(chosen)) != line.unit_price:
        yield Doubt("price", f"{line.sku} was agreed at {line.unit_price}, the price here is {ours}.")
