"""Quotes as they stand here, read for many documents at once: what prices promised in a quote are compared with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wizterm.domain.checking import Difference
from wizterm.domain.document import Kind, State
from wizterm.domain.prices import PriceSource
from wizterm.protocol import bodies
from wizterm.protocol.bodies import OrderBody, OrderLine
from wizterm.protocol.promises import without_promotions
from wizterm.server.store.paperwork import TakenDocument
from wizterm.server.store.prepared import prepared
from wizterm.server.store.together import Asking

CODE = "quote"
"""Of a doubt about what a quote is said to have promised."""
FALLEN = frozenset({State.CANCELLED, State.REFUSED})
"""What ends a promise."""


@dataclass(frozen=True, slots=True)
class QuoteBook:
    """The newest revisions of some quotes, by id."""

    _quotes: dict[str, OrderBody]
    _fallen: Mapping[tuple[str, int], str]
    """Those that promise nothing any more, with what became of them."""

    def differences(self, body: OrderBody) -> Iterator[Difference]:
        """What these quotes say otherwise about the prices that this document has from them."""
        for id_ in sorted({line.price_reason.entry for line in _promised(body)}):
            quote = self._quotes.get(id_)
            if quote is None:
                yield Difference(CODE, "Prices are said to be from a quote that is not here.")
            else:
                yield from self._about(body, quote)

    def _about(self, body: OrderBody, quote: OrderBody) -> Iterator[Difference]:
        if (quote.customer.id, quote.currency) != (body.customer.id, body.currency):
            yield Difference(CODE, f"Quote {quote.number} was made for another customer, or in another currency.")
            return
        if fate := self._fallen.get((quote.id, quote.revision)):
            yield Difference(CODE, f"Quote {quote.number} was {fate}.")
        if quote.valid_until is not None and quote.valid_until < body.business_date:
            yield Difference(CODE, f"Quote {quote.number} held until {quote.valid_until}.")
        said = {(line.sku, line.unit_price) for line in without_promotions(quote).lines}
        for line in _promised(body):
            if line.price_reason.entry == quote.id and (line.sku, line.unit_price) not in said:
                words = f"{line.sku} was ordered at {line.unit_price}, which quote {quote.number} does not promise."
                yield Difference(CODE, words)


def quote_book(orders: Collection[OrderBody]) -> Asking[QuoteBook]:
    """Quotes that these documents have prices from, among these documents themselves or in the store."""
    named = {line.price_reason.entry for order in orders for line in _promised(order)}
    found: list[OrderBody] = []
    fallen: dict[tuple[str, int], str] = {}
    if named:
        (taken,) = yield (_quotes_of.of(sorted(named)),)
        for text, state in taken:
            body = bodies.decode(Kind.QUOTE, text)
            if isinstance(body, OrderBody):
                found.append(body)
                fallen |= {(body.id, body.revision): state} if state in FALLEN else {}
    found += [order for order in orders if order.kind == Kind.QUOTE and order.id in named]
    newest = {quote.id: quote for quote in sorted(found, key=lambda quote: quote.revision)}
    return QuoteBook(newest, fallen)


def _promised(body: OrderBody) -> Iterator[OrderLine]:
    return (line for line in body.lines if line.price_reason.source == PriceSource.QUOTE)


@prepared
def _quotes_of(ids: Any) -> Any:
    wanted = TakenDocument.select(TakenDocument.body, TakenDocument.state)
    return wanted.where(TakenDocument.id.in_(ids) & (TakenDocument.kind == Kind.QUOTE))
