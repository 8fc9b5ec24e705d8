"""Orders and quotes as rows of the catalogue, so that every device with their customer hears of them.

An order that is booked counts as bought: its lines stand in the history under our own number, which the device that
made it knows too. Their keys say of which document they are, so that they go with a cancellation, and make room where
the company's own history tells of the same order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from wizterm.domain.document import State
from wizterm.protocol import bodies
from wizterm.protocol.bodies import OrderBody
from wizterm.protocol.catalogue import Value
from wizterm.protocol.replica import BY_NAME
from wizterm.server.row_keys import joined, parts
from wizterm.server.store.base import rows
from wizterm.server.store.engine import held
from wizterm.server.store.mirror import MIRROR, column, columns
from wizterm.server.store.prepared import Question, Rows, prepared
from wizterm.server.store.upserting import put, take_away
from wizterm.server.store.writing import Writing

_ORDERS, _HISTORY = BY_NAME["orders"], BY_NAME["history"]
_STATE, _EXTERNAL = _ORDERS.columns.index("state"), _ORDERS.columns.index("external")
_BEHIND_DIGITS: Final = "~"
_BOOKED: Final = "booked"
"""Begins the keys of lines that orders brought; imported lines begin with their customer's id and have four parts."""


def is_booked(key: str) -> bool:
    """Whether a line of the history came from an order, and from no import."""
    return key.startswith(f"{_BOOKED}|")


def tell(writing: Writing, bodies_taken: Sequence[OrderBody], rep: str) -> None:
    """Of documents that were just taken by this rep; a later revision takes the place of the one before."""
    put(writing, _ORDERS, [_row(body, rep) for body in bodies_taken])


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


@dataclass(frozen=True, slots=True)
class Change:
    """What devices are to hear of one that stands otherwise than it did; made before the number is drawn."""

    orders: tuple[tuple[Value, ...], ...] = ()
    bought: tuple[tuple[Value, ...], ...] = ()
    taken_back: tuple[str, ...] = ()
    """Keys of lines of the history."""
    already: tuple[Question, ...] = ()
    """For lines of the history that tell of the same order."""

    def unless_told(self, writing: Writing) -> Change:
        """With the number drawn: what is bought counts unless an import was first to tell of it."""
        found = [key for keys in writing.ask_numbered(*self.already) for (key,) in keys]
        return self if all(map(is_booked, found)) else replace(self, bought=())

    def write(self, writing: Writing) -> None:
        put(writing, _ORDERS, self.orders)
        put(writing, _HISTORY, self.bought)
        take_away(writing, _HISTORY, self.taken_back)


def told_of(document: str) -> Question:
    """For the row that devices have of it."""
    return _told.of(document)


def change(told: Rows, document: str, state: State, external: str, text: str) -> Change:
    """Empty where devices hear nothing: what was superseded is told of by the revision after it."""
    if state is State.SUPERSEDED or not told:
        return Change()
    row = list(told[0])
    row[_STATE], row[_EXTERNAL] = str(state), external
    match state:
        case State.CONFIRMED:
            return _bought(tuple(row), document, external, text)
        case State.CANCELLED:
            return Change((tuple(row),), taken_back=_held_lines(str(row[1]), document))
        case _:
            return Change((tuple(row),))


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


def told_twice(since: int) -> list[str]:
    """Keys of lines that orders have brought after this number, of orders that the company's history tells of too."""
    lines = defaultdict(list)
    for key, customer in _brought(since, f"{_BOOKED}|", f"{_BOOKED}|{_BEHIND_DIGITS}"):
        lines[parts(key)[1], customer].append(key)
    return [key for (document, customer), keys in lines.items() if _is_told(document, customer) for key in keys]


def _is_told(document: str, customer: str) -> bool:
    ((number, external),) = _names(document)
    return not all(is_booked(key) for (key,) in _told_by_history(customer, number, external))


def _bought(row: tuple[Value, ...], document: str, external: str, text: str) -> Change:
    """An order's lines count as bought; a quote's do not."""
    body = bodies.decode("order", text)
    if not isinstance(body, OrderBody) or body.kind != "order":
        return Change((row,))
    customer, number, day = body.customer.id, body.number, body.business_date.isoformat()
    lines = tuple(
        (
            joined(_BOOKED, document, str(line.line)),
            customer,
            number,
            day,
            line.sku,
            str(line.quantity),
            f"{line.paid:f}",
        )
        for line in body.lines
    )
    return Change((row,), bought=lines, already=(_told_by_history.of(customer, number, external),))


def _lines_of(customer: str, documents: set[str]) -> Iterator[str]:
    for document in sorted(documents):
        yield from (key for (key,) in _between(customer, *_keys_of(document)))


def _held_lines(customer: str, document: str) -> tuple[str, ...]:
    """Nobody else takes them away until the transaction has ended: not while others wait for its number."""
    return tuple(key for (key,) in _held_between(customer, *_keys_of(document)))


def _keys_of(document: str) -> tuple[str, str]:
    """Between these two are those of its lines."""
    beginning = f"{joined(_BOOKED, document)}|"
    return beginning, f"{beginning}{_BEHIND_DIGITS}"


@prepared
def _told(document: Any) -> Any:
    model = MIRROR["orders"]
    return model.select(*columns(_ORDERS)).where((column("orders", "id") == document) & ~model.deleted)


@prepared
def _names(document: Any) -> Any:
    named = MIRROR["orders"].select(column("orders", "number"), column("orders", "external"))
    return named.where(column("orders", "id") == document)


@prepared
def _brought(since: Any, first: Any, last: Any) -> Any:
    model, key = MIRROR["history"], column("history", "id")
    theirs = (model.seq > since) & ~model.deleted & (key >= first) & (key <= last)
    return model.select(key, column("history", "customer")).where(theirs).order_by(key)


@prepared
def _told_by_history(customer: Any, number: Any, external: Any) -> Any:
    model, named = MIRROR["history"], column("history", "order_number")
    theirs = (column("history", "customer") == customer) & ~model.deleted
    return model.select(column("history", "id")).where(theirs & ((named == number) | (named == external)))


@prepared
def _held_between(customer: Any, first: Any, last: Any) -> Any:
    return held(_lines_between(customer, first, last))


@prepared
def _between(customer: Any, first: Any, last: Any) -> Any:
    return _lines_between(customer, first, last)


def _lines_between(customer: Any, first: Any, last: Any) -> Any:
    model, key = MIRROR["history"], column("history", "id")
    theirs = (column("history", "customer") == customer) & ~model.deleted
    return model.select(key).where(theirs & (key >= first) & (key <= last)).order_by(key)
