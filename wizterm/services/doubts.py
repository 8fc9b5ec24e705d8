"""What a rep should know before saying yes: credit and stock, as of the last sync. Nothing is blocked by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, Protocol

from wizterm.domain.product import Stock
from wizterm.domain.quantity import counted, show
from wizterm.services.cart_view import CartView

MOST_NAMED: Final = 3
"""Products named for want of stock; the rest are counted."""


class StockBook(Protocol):
    def stock(self, skus: Sequence[str]) -> Mapping[str, Stock]: ...


class Doubts:
    def __init__(self, book: StockBook) -> None:
        self._book = book

    def of(self, view: CartView) -> tuple[str, ...]:
        """A sentence for each; none where all is well, or nothing is known."""
        return (*_over_credit(view), *self._short_of_stock(view))

    def _short_of_stock(self, view: CartView) -> Iterator[str]:
        wanted: defaultdict[str, Decimal] = defaultdict(Decimal)
        for line in view.cart.lines:
            wanted[line.sku] += max(line.quantity, Decimal(0))
        stock = self._book.stock(list(wanted))
        short = [
            f"{sku} wants {show(quantity)}, {show(max(stock[sku].quantity, Decimal(0)))} in stock"
            for sku, quantity in wanted.items()
            if sku in stock and stock[sku].quantity < quantity
        ]
        yield from (f"{words}." for words in short[:MOST_NAMED])
        if len(short) > MOST_NAMED:
            more = len(short) - MOST_NAMED
            yield f"And {counted(more, 'more line')} {'wants' if more == 1 else 'want'} more than there is in stock."


def _over_credit(view: CartView) -> Iterator[str]:
    customer = view.customer
    if customer is None or customer.credit_limit is None:
        return
    over = (customer.balance or Decimal(0)) + view.totals.total - customer.credit_limit
    if over > 0:
        shown = view.totals.currency
        yield f"Over the credit limit of {shown.show(customer.credit_limit)} by {shown.show(over)} {shown.code}."
