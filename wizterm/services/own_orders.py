"""What was ordered on this machine, as the history will tell it once the company has sent it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from wizterm.db.customers import Purchase
from wizterm.domain.records import Ordered
from wizterm.protocol import bodies
from wizterm.protocol.bodies import OrderBody, OrderLine


def with_own_orders(history: Collection[Purchase], orders: Iterable[Ordered]) -> list[Purchase]:
    """The history and the orders it does not tell of yet, under their own number or the ERP's; newest first."""
    told = {purchase.order_number for purchase in history}
    latest = {order.number: order for order in orders}
    own = [
        purchase
        for order in reversed(latest.values())
        if not told & {order.number, order.external}
        for purchase in _purchases(order)
    ]
    return sorted((*own, *history), key=lambda purchase: purchase.date, reverse=True)


def _purchases(order: Ordered) -> Iterator[Purchase]:
    body = bodies.decode("order", order.body)
    if isinstance(body, OrderBody):
        for line in body.lines:
            yield Purchase(order.external or order.number, body.business_date, line.sku, line.quantity, _paid(line))


def _paid(line: OrderLine) -> Decimal:
    """For a base unit, after what was taken off the line."""
    return line.net / line.quantity if line.quantity else line.unit_price
