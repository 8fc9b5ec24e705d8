"""What was agreed, compared with what the same engine makes of the server's own prices, limits and approvals.

It is most of the work of taking a document, and is done before the store is asked to write: nobody waits for it. Prices
that change between the two do no harm, since a doubt is a note for the office.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from wizterm.domain.cart import Cart, Line
from wizterm.domain.checking import differences
from wizterm.domain.limits import RepLimits
from wizterm.domain.money import AmountError
from wizterm.domain.options import faults
from wizterm.domain.prices import Price, PriceSheet
from wizterm.domain.pricing import pricer
from wizterm.domain.totals import Totals
from wizterm.protocol.agreed import about_counts, agreed_cart, stated_totals
from wizterm.protocol.bodies import OrderBody
from wizterm.server import approvals
from wizterm.server.intake.credit import CreditBook, credit_book
from wizterm.server.intake.doubts import Doubt
from wizterm.server.intake.reading import Paper
from wizterm.server.optionbook import OptionBook, option_book
from wizterm.server.price_terms import TermsBook, terms_book
from wizterm.server.pricebook import PriceBook, price_book
from wizterm.server.quotebook import QuoteBook, quote_book
from wizterm.server.store.together import together


@dataclass(frozen=True, slots=True)
class _Books:
    """All that a batch's figures can be compared with, read at once."""

    prices: PriceBook
    options: OptionBook
    terms: TermsBook
    limits: Mapping[str, RepLimits]
    """By rep."""
    credit: CreditBook
    quotes: QuoteBook


def figures_doubted(papers: Mapping[int, Paper]) -> dict[int, tuple[Doubt, ...]]:
    """Doubts about each paper's figures, by the paper's place; needs a transaction."""
    orders = {place: paper.body for place, paper in papers.items() if isinstance(paper.body, OrderBody)}
    books = _books_for(orders.values())
    return {place: tuple(_doubts(order, books)) for place, order in orders.items()}


def _books_for(orders: Collection[OrderBody]) -> _Books:
    skus = {line.sku for order in orders for line in order.lines}
    lists, customers = {order.price_list for order in orders}, {order.customer.id for order in orders}
    return _Books(
        *together(
            price_book(lists, customers, skus),
            option_book(skus),
            terms_book(),
            approvals.limits_book({order.rep for order in orders}),
            credit_book(orders),
            quote_book(orders),
        )
    )


def _doubts(body: OrderBody, books: _Books) -> Iterator[Doubt]:
    book = books.prices
    if over := books.credit.over(body):
        yield Doubt("credit_limit", over)
    try:
        cart, stated = agreed_cart(body, book.facts), stated_totals(body)
    except AmountError:
        yield Doubt("currency", f"{body.currency[:10]!r} is no currency.")
        return
    except ValueError as error:
        yield Doubt("unknown_word", f"The document says something that has no meaning here: {error}.")
        return
    unknown = [line.sku for line in cart.lines if not book.knows(line.sku)]
    yield from (Doubt(each.code, each.words) for each in about_counts(body, book.facts))
    yield from (Doubt(each.code, each.words) for each in books.quotes.differences(body))
    yield from (Doubt("unknown_product", f"{sku} is not in the catalogue.") for sku in unknown)
    genuine = tuple(each for each in cart.approvals if approvals.is_genuine(each, body.id, body.revision))
    for each in cart.approvals:
        if each not in genuine:
            yield Doubt(
                "approval", f"The approval by {each.approver[:24]} is not one that was given for this document."
            )
    for line in cart.lines:
        for fault in faults(books.options.of(line.sku, body.currency), line.options) if book.knows(line.sku) else ():
            yield Doubt("options", f"{line.sku}: {fault}")
    yield from _differences(replace(cart, approvals=genuine), stated, body, books)


def _differences(cart: Cart, stated: Totals, body: OrderBody, books: _Books) -> Iterator[Doubt]:
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
