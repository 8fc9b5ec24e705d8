"""Orders and quotes as rows of the catalogue, so that every device with their customer hears of them.

An order that is booked counts as bought: its lines stand in the history under our own number, which the device that
made it knows too. Their keys say of which document they are, so that they go with a cancellation, and make room where
the company's own history tells of the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from wizterm.domain.document import State
from wizterm.protocol import bodies
from wizterm.protocol.bodies import OrderBody
from wizterm.protocol.catalogue import Value
from wizterm.protocol.replica import BY_NAME
from wizterm.server.row_keys import joined
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column, columns
from wizterm.server.store.paperwork import TakenDocument
from wizterm.server.store.people import Rep
from wizterm.server.store.prepared import prepared
from wizterm.server.store.store import Writing
from wizterm.server.store.upserting import take_away, upsert

_ORDERS, _HISTORY = BY_NAME["orders"], BY_NAME["history"]
_STATE, _EXTERNAL = _ORDERS.columns.index("state"), _ORDERS.columns.index("external")
_BEHIND_DIGITS: Final = "~"
_BOOKED: Final = "booked"
"""Begins the keys of lines that orders brought; imported lines begin with their customer's id and have four parts."""


def is_booked(key: str) -> bool:
    """Whether a line of the history came from an order, and from no import."""
    return key.startswith(f"{_BOOKED}|")


def tell(writing: Writing, bodies_taken: Sequence[OrderBody], rep: str) -> None:
    """Of documents that were just taken; a later revision takes the place of the one before."""
    if bodies_taken:
        found = _named(rep)
        name = found[0][0] if found else ""
        upsert(writing, _ORDERS, [_row(body, name or rep) for body in bodies_taken])


def _row(body: OrderBody, rep: str) -> tuple[Value, ...]:
    return (
        body.id,
        body.customer.id,
        body.kind,
        body.number,
        "",
        body.business_date.isoformat(),
        len(body.lines),
        body.currency,
        str(body.total),
        str(State.DELIVERED),
        rep,
    )


def moved(writing: Writing, document: str, revision: int, state: State, external: str) -> None:
    """An order or quote stands otherwise than it did. What was superseded is told of by the revision after it."""
    found = _told(document)
    if state is State.SUPERSEDED or not found:
        return
    row = list(found[0])
    row[_STATE], row[_EXTERNAL] = str(state), external
    upsert(writing, _ORDERS, [tuple(row)])
    if state is State.CONFIRMED:
        _count_as_bought(writing, document, revision, external)
    elif state is State.CANCELLED:
        take_away(writing, _HISTORY, list(_lines_of(str(row[1]), {document})))


def told_anyway(told: Iterable[tuple[str, str]]) -> list[str]:
    """Keys of the lines of those orders that others tell of: of these customers, under our number or the ERP's."""
    pairs = set(told)
    customers = sorted({customer for customer, _ in pairs})
    names = [column("orders", name) for name in ("id", "customer", "number", "external")]
    found = rows(MIRROR["orders"].select(*names).where(column("orders", "customer").in_(customers)))
    same: dict[str, set[str]] = {}
    for document, customer, *numbers in found:
        if any((customer, number) in pairs for number in numbers):
            same.setdefault(customer, set()).add(document)
    return [key for customer, documents in same.items() for key in _lines_of(customer, documents)]


def _count_as_bought(writing: Writing, document: str, revision: int, external: str) -> None:
    """Unless an import was first to tell of it."""
    ((text,),) = _body(document, revision)
    body = bodies.decode("order", text)
    if not isinstance(body, OrderBody) or body.kind != "order":
        return
    customer = body.customer.id
    if any(not is_booked(key) for (key,) in _told_by_history(customer, body.number, external)):
        return
    day = body.business_date.isoformat()
    lines = [
        (
            joined(_BOOKED, document, str(line.line)),
            customer,
            body.number,
            day,
            line.sku,
            str(line.quantity),
            _paid(line),
        )
        for line in body.lines
    ]
    upsert(writing, _HISTORY, lines)


def _paid(line: bodies.OrderLine) -> str:
    return f"{line.paid:f}"


def _lines_of(customer: str, documents: set[str]) -> Iterator[str]:
    for document in sorted(documents):
        beginning = f"{joined(_BOOKED, document)}|"
        yield from (key for (key,) in _between(customer, beginning, f"{beginning}{_BEHIND_DIGITS}"))


@prepared
def _told(document: Any) -> Any:
    model = MIRROR["orders"]
    return model.select(*columns(_ORDERS)).where((column("orders", "id") == document) & ~model.deleted)


@prepared
def _body(document: Any, revision: Any) -> Any:
    this = (TakenDocument.id == document) & (TakenDocument.revision == revision)
    return TakenDocument.select(TakenDocument.body).where(this)


@prepared
def _told_by_history(customer: Any, number: Any, external: Any) -> Any:
    model, named = MIRROR["history"], column("history", "order_number")
    theirs = (column("history", "customer") == customer) & ~model.deleted
    return model.select(column("history", "id")).where(theirs & ((named == number) | (named == external)))


@prepared
def _between(customer: Any, first: Any, last: Any) -> Any:
    model, key = MIRROR["history"], column("history", "id")
    theirs = (column("history", "customer") == customer) & ~model.deleted
    return model.select(key).where(theirs & (key >= first) & (key <= last))


@prepared
def _named(rep: Any) -> Any:
    return Rep.select(Rep.name).where(Rep.code == rep)
