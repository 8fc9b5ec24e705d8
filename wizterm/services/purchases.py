"""What a customer bought: the company's history, and orders of this machine that it does not tell of yet.

So an order counts from its submitting on, with no network. Once the history brings it, under our number or the ERP's,
it counts by that alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from wizterm.db.customers import Customers, Purchase
from wizterm.db.documents import Documents
from wizterm.domain.document import DocumentId, Kind, State
from wizterm.domain.product import Bought
from wizterm.domain.records import Ordered
from wizterm.protocol import bodies
from wizterm.protocol.bodies import OrderBody

GONE = frozenset({State.CANCELLED, State.REFUSED, State.SUPERSEDED})
KEPT = 512
"""Orders whose lines are kept as they were read: their bytes never change."""


class Purchases:
    def __init__(self, customers: Customers, documents: Documents) -> None:
        self._customers = customers
        self._documents = documents
        self.lines = lru_cache(KEPT)(self._read)
        """Of a document of this machine: day, SKU, quantity and price for a base unit."""

    def all(self, customer: str) -> list[Purchase]:
        """Every order line, newest order first."""
        return _newest_first([*self._own(customer), *self._customers.purchases(customer)])

    def of(self, customer: str, sku: str, limit: int) -> list[Purchase]:
        """The latest order lines of one product, newest first."""
        own = [purchase for purchase in self._own(customer) if purchase.sku == sku]
        return _newest_first([*own, *self._customers.purchases_of(customer, sku, limit)])[:limit]

    def bought(self, customer: str, skus: Sequence[str]) -> dict[str, Bought]:
        """What the customer has had before of these products."""
        bought, wanted = self._customers.bought(customer, skus), set(skus)
        for purchase in reversed(list(self._own(customer))):
            if purchase.sku in wanted:
                bought[purchase.sku] = _once_more(bought.get(purchase.sku), purchase)
        return bought

    def own_skus(self, customer: str) -> frozenset[str]:
        """Products that were ordered on this machine, as far as the history does not tell of it."""
        return frozenset(purchase.sku for purchase in self._own(customer))

    def _own(self, customer: str) -> Iterator[Purchase]:
        latest = {order.number: order for order in self._documents.orders_of(customer) if _stands(order)}
        if not latest:
            return
        numbers = {number for order in latest.values() for number in (order.number, order.external) if number}
        told = self._customers.told(customer, sorted(numbers))
        for order in reversed(latest.values()):
            if not told & {order.number, order.external}:
                for line in self.lines(order.document):
                    yield Purchase(order.external or order.number, *line)

    def _read(self, document: DocumentId) -> tuple[tuple[date, str, Decimal, Decimal], ...]:
        frozen = self._documents.body(document)
        body = bodies.decode(*frozen) if frozen else None
        if not isinstance(body, OrderBody):
            return ()
        return tuple((body.business_date, line.sku, line.quantity, line.paid) for line in body.lines)


def _stands(order: Ordered) -> bool:
    return order.kind is Kind.ORDER and order.state not in GONE


def _newest_first(purchases: list[Purchase]) -> list[Purchase]:
    return sorted(purchases, key=lambda purchase: purchase.date, reverse=True)


def _once_more(before: Bought | None, purchase: Purchase) -> Bought:
    day = purchase.date.isoformat()
    if before is not None and before.last > day:
        return Bought(before.times + 1, before.quantity, before.last)
    return Bought((before.times if before else 0) + 1, purchase.quantity, day)
