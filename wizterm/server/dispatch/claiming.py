"""Which delivery is next, and taking it so that no other worker does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import fn

from wizterm.connectors.base import LEASE_SECONDS, Outgoing
from wizterm.domain.document import key
from wizterm.protocol import bodies
from wizterm.server import mappings
from wizterm.server.deliveries import MAILS, OPEN, DeliveryState
from wizterm.server.mappings import MapKind
from wizterm.server.store.base import rows
from wizterm.server.store.engine import held
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.paperwork import Delivery, TakenDocument
from wizterm.server.store.prepared import Prepared, Rows, prepared
from wizterm.server.store.together import answers

LEASE_MS = round(LEASE_SECONDS * 1000)
LONGEST_WAIT_MS = 2 * 3600 * 1000
"""Nothing waits longer, unless the clock was ahead when it was put down."""
_TIMES: tuple[tuple[DeliveryState, Any], ...] = (
    (DeliveryState.WAITING, Delivery.next_try),
    (DeliveryState.UNKNOWN, Delivery.next_try),
    (DeliveryState.SENDING, Delivery.lease_until),
)
"""What can fall due, and by which time."""
_MAIL_TIMES = tuple((state, time) for state, time in _TIMES if state != DeliveryState.UNKNOWN)
"""Nobody can ask a mail server what it has: what is uncertain never falls due by itself."""
_earlier = Delivery.alias()
_UNBLOCKED = ~Delivery.held & (
    (Delivery.after == "")
    | ~fn.EXISTS(
        _earlier.select().where(
            (_earlier.document == Delivery.after)
            & (_earlier.target == Delivery.target)
            & _earlier.state.in_(list(OPEN))
        )
    )
)
"""The office does not hold it, and what it comes after has been delivered."""


class _First(NamedTuple):
    """Compared by when it falls due, then by its place in the order of taking."""

    at: int
    rank: int
    document: str
    revision: int
    state: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that is this worker's until its lease ends."""

    target: str
    document: Outgoing
    attempt: int
    look_up: bool
    """Whether the outside may have it already."""
    standing: str
    """The document's state."""


def claim(target: str, now: int, lease_ms: int = LEASE_MS) -> Claim | None:
    """The delivery that has been due longest; needs a writing transaction."""
    due = [first for first in _first_of_each_state(target, mine=True) if first.at <= now]
    if not due:
        _bring_back(target, now)
        return None
    first = min(due)
    _, (found,) = answers(
        _begin.of(first.document, first.revision, target, now + lease_ms), _document.of(first.document, first.revision)
    )
    document, standing = _outgoing(first.document, first.revision, found)
    return Claim(
        target=target,
        document=document,
        attempt=first.attempts + 1,
        look_up=first.state != DeliveryState.WAITING,
        standing=standing,
    )


def still_mine(claimed: Claim) -> Any:
    """The condition that no other worker has taken the delivery since."""
    this = _this(claimed.document.id, claimed.document.revision, claimed.target)
    return this & (Delivery.state == DeliveryState.SENDING) & (Delivery.attempts == claimed.attempt)


def next_due(target: str, now: int) -> int | None:
    """When the next delivery may be tried, in epoch milliseconds; None while there is none."""
    due = min((first.at for first in _first_of_each_state(target)), default=None)
    if due is not None and due > now and any(Delivery.select().where(lost).exists() for _, lost in _lost(target, now)):
        return now
    return due


def _bring_back(target: str, now: int) -> None:
    """What a clock that was years ahead has put off for years is due now."""
    for time, lost in _lost(target, now):
        Delivery.update({time: now}).where(lost).execute()


def _lost(target: str, now: int) -> list[tuple[Any, Any]]:
    """By which time, and the condition."""
    return [
        (time, (Delivery.target == target) & (Delivery.state == state) & (time > now + LONGEST_WAIT_MS))
        for state, time in _times(target)
    ]


def _first_of_each_state(target: str, *, mine: bool = False) -> list[_First]:
    """One look into an index for each state, however long the queue is.

    Where they are to be `mine`, those that another worker is just claiming are passed over.
    """
    firsts = _FREE_FIRSTS if mine else _FIRSTS
    found = answers(*(firsts[state].of(target) for state, _ in _times(target)))
    return [_First(*row) for of_state in found for row in of_state]


def _first(state: DeliveryState, time: Any, *, mine: bool) -> Prepared:
    def first(target: Any) -> Any:
        ours = (Delivery.target == target) & (Delivery.state == state) & _UNBLOCKED
        shown = (time, Delivery.rank, Delivery.document, Delivery.revision, Delivery.state, Delivery.attempts)
        query = Delivery.select(*shown).where(ours).order_by(time, Delivery.rank).limit(1)
        return held(query, pass_over=True) if mine else query

    return prepared(first)


_FIRSTS = {state: _first(state, time, mine=False) for state, time in _TIMES}
_FREE_FIRSTS = {state: _first(state, time, mine=True) for state, time in _TIMES}


@prepared
def _begin(document: Any, revision: Any, target: Any, lease_until: Any) -> Any:
    begun = Delivery.update(state=DeliveryState.SENDING, lease_until=lease_until, attempts=Delivery.attempts + 1)
    return begun.where(_this(document, revision, target)).returning(Delivery.state)


def _this(document: Any, revision: Any, target: Any) -> Any:
    return (Delivery.document == document) & (Delivery.revision == revision) & (Delivery.target == target)


def _times(target: str) -> tuple[tuple[DeliveryState, Any], ...]:
    return _MAIL_TIMES if target in MAILS else _TIMES


def _outgoing(document: str, revision: int, found: tuple[Any, ...]) -> tuple[Outgoing, str]:
    """With the document's state."""
    kind, number, rep, text, customer, about, state = found
    body = bodies.decode(kind, text)
    mapped, numbered, items = answers(
        mappings.asked(MapKind.CUSTOMER, [customer]), _number.of(customer), mappings.asked_for_items(body)
    )
    outgoing = Outgoing(
        key=key(document),
        id=document,
        revision=revision,
        kind=kind,
        number=number,
        rep=rep,
        body=body,
        text=text,
        customer_external=_called(mapped or numbered) if kind != "customer" else "",
        cancels_external=_external(about) if about else "",
        items=dict(items),
    )
    return outgoing, state


@prepared
def _document(document: Any, revision: Any) -> Any:
    names = ("kind", "number", "rep", "body", "customer", "about", "state")
    wanted = TakenDocument.select(*(getattr(TakenDocument, name) for name in names))
    return wanted.where((TakenDocument.id == document) & (TakenDocument.revision == revision))


def _called(names: Rows) -> str:
    """What the ERP calls the customer: as the office mapped them, else by number; empty while they have none."""
    return str(names[0][-1]) if names else ""


@prepared
def _number(customer: Any) -> Any:
    return MIRROR["customers"].select(column("customers", "number")).where(column("customers", "id") == customer)


def _external(document: str) -> str:
    booked = (TakenDocument.id == document) & (TakenDocument.external != "")
    found = rows(TakenDocument.select(TakenDocument.external).where(booked).order_by(TakenDocument.revision.desc()))
    return found[0][0] if found else ""
