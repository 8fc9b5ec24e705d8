"""A customer's orders and quotes, whoever took them: as the company told and as this machine took them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from wizterm.db.customers import Purchase, ToldOrder
from wizterm.domain.document import DocumentId, Kind, State
from wizterm.domain.records import Ordered
from wizterm.services.purchases import GONE, Purchases


@dataclass(frozen=True, slots=True)
class PastOrder:
    number: str
    date: date
    lines: int
    value: Decimal
    external: str = ""
    """The ERP's number, where that is another."""
    state: State | None = None
    """None where the history alone tells of it."""
    rep: str = ""
    """Who took it; empty where the company has not told, as of what waits here."""
    kind: Kind = Kind.ORDER
    document: DocumentId | None = None
    """Where this machine has what was submitted."""


def past_orders(
    bought: Iterable[Purchase], told: Sequence[ToldOrder], own: Sequence[Ordered], purchases: Purchases
) -> tuple[PastOrder, ...]:
    """The newest first, each once: its lines as they were bought, its state as this machine or the company knows it."""
    documents = _documents(told, own, purchases)
    by_number = {number: order for order in documents for number in (order.number, order.external) if number}
    found = [_known(order, by_number) for order in _from_history(bought)]
    there = {order.number for order in found}
    found += [order for order in documents if order.number not in there]
    return tuple(sorted(found, key=lambda order: order.date, reverse=True))


def _from_history(bought: Iterable[Purchase]) -> Iterator[PastOrder]:
    orders: dict[tuple[date, str], list[Purchase]] = {}
    for purchase in bought:
        orders.setdefault((purchase.date, purchase.order_number), []).append(purchase)
    for (day, number), lines in orders.items():
        yield PastOrder(number, day, len(lines), sum((line.quantity * line.unit_price for line in lines), Decimal(0)))


def _known(order: PastOrder, documents: dict[str, PastOrder]) -> PastOrder:
    document = documents.get(order.number)
    if document is None:
        return order
    return replace(document, date=order.date, lines=order.lines, value=order.value)


def _documents(told: Sequence[ToldOrder], own: Sequence[Ordered], purchases: Purchases) -> list[PastOrder]:
    """This machine knows best how its own stand."""
    mine = {order.document.id: order for order in own}
    found = [_told(order, mine.pop(order.id, None)) for order in told]
    return found + [_own(order, purchases) for order in mine.values() if order.state not in GONE]


def _told(order: ToldOrder, own: Ordered | None) -> PastOrder:
    state, external = (own.state, own.external or order.external) if own else (order.state, order.external)
    return PastOrder(
        number=order.number,
        date=order.date,
        lines=order.lines,
        value=order.total,
        external=external,
        state=state,
        rep=order.rep,
        kind=order.kind,
        document=own.document if own else None,
    )


def _own(order: Ordered, purchases: Purchases) -> PastOrder:
    lines = purchases.lines(order.document)
    day = lines[0][0] if lines else date.min
    return PastOrder(
        number=order.number,
        date=day,
        lines=len(lines),
        value=order.total,
        external=order.external,
        state=order.state,
        kind=order.kind,
        document=order.document,
    )
