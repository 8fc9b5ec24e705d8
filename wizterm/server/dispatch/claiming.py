"""Which delivery is next, and taking it so that no other worker does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import fn

from wizterm.connectors.base import LEASE_SECONDS, Outgoing
from wizterm.domain.document import key
from wizterm.protocol import bodies
from wizterm.server import mappings
from wizterm.server.deliveries import OPEN, DeliveryState
from wizterm.server.mappings import MapKind
from wizterm.server.store.base import rows
from wizterm.server.store.engine import held
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.paperwork import Delivery, TakenDocument

LEASE_MS = round(LEASE_SECONDS * 1000)
LONGEST_WAIT_MS = 2 * 3600 * 1000
"""Nothing waits longer, unless the clock was ahead when it was put down."""
_TIMES: tuple[tuple[DeliveryState, Any], ...] = (
    (DeliveryState.WAITING, Delivery.next_try),
    (DeliveryState.UNKNOWN, Delivery.next_try),
    (DeliveryState.SENDING, Delivery.lease_until),
)
"""What can fall due, and by which time."""
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


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that is this worker's until its lease ends."""

    target: str
    document: Outgoing
    attempt: int
    look_up: bool
    """Whether the outside may have it already."""


def claim(target: str, now: int, lease_ms: int = LEASE_MS) -> Claim | None:
    """The delivery that has been due longest; needs a writing transaction."""
    due = [(at, delivery) for at, delivery in _first_of_each_state(target, mine=True) if at <= now]
    if not due:
        _bring_back(target, now)
        return None
    _, delivery = min(due, key=lambda pair: (pair[0], pair[1].rank))
    this = _this(delivery.document, delivery.revision, target)
    Delivery.update(state=DeliveryState.SENDING, lease_until=now + lease_ms, attempts=Delivery.attempts + 1).where(
        this
    ).execute()
    return Claim(
        target=target,
        document=_outgoing(delivery),
        attempt=delivery.attempts + 1,
        look_up=delivery.state != DeliveryState.WAITING,
    )


def still_mine(claimed: Claim) -> Any:
    """The condition that no other worker has taken the delivery since."""
    this = _this(claimed.document.id, claimed.document.revision, claimed.target)
    return this & (Delivery.state == DeliveryState.SENDING) & (Delivery.attempts == claimed.attempt)


def next_due(target: str, now: int) -> int | None:
    """When the next delivery may be tried, in epoch milliseconds; None while there is none."""
    due = min((at for at, _ in _first_of_each_state(target)), default=None)
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
        for state, time in _TIMES
    ]


def _first_of_each_state(target: str, *, mine: bool = False) -> list[tuple[int, Delivery]]:
    """One look into an index for each state, however long the queue is; with the time each falls due.

    Where they are to be `mine`, those that another worker is just claiming are passed over.
    """
    found: list[tuple[int, Delivery]] = []
    for state, time in _TIMES:
        ours = (Delivery.target == target) & (Delivery.state == state) & _UNBLOCKED
        query = Delivery.select().where(ours).order_by(time, Delivery.rank).limit(1)
        first: Delivery | None = (held(query, pass_over=True) if mine else query).first()
        if first is not None:
            found.append((getattr(first, time.name), first))
    return found


def _this(document: str, revision: int, target: str) -> Any:
    return (Delivery.document == document) & (Delivery.revision == revision) & (Delivery.target == target)


def _outgoing(delivery: Delivery) -> Outgoing:
    document = TakenDocument.get(
        (TakenDocument.id == delivery.document) & (TakenDocument.revision == delivery.revision)
    )
    body = bodies.decode(document.kind, document.body)
    return Outgoing(
        key=key(document.id),
        id=document.id,
        revision=document.revision,
        kind=document.kind,
        number=document.number,
        rep=document.rep,
        body=body,
        text=document.body,
        customer_external=_customer_name(document.customer) if document.kind != "customer" else "",
        cancels_external=_external(document.about) if document.about else "",
        items=mappings.items_of(body),
    )


def _customer_name(customer: str) -> str:
    """What the ERP calls the customer: as the office mapped them, else by number; empty while they have none."""
    if mapped := mappings.of(MapKind.CUSTOMER, [customer]).get(customer):
        return mapped
    wanted = column("customers", "id") == customer
    found = rows(MIRROR["customers"].select(column("customers", "number")).where(wanted))
    return found[0][0] if found else ""


def _external(document: str) -> str:
    booked = (TakenDocument.id == document) & (TakenDocument.external != "")
    found = rows(TakenDocument.select(TakenDocument.external).where(booked).order_by(TakenDocument.revision.desc()))
    return found[0][0] if found else ""
