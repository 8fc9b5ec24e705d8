"""Deliveries: a document on its way to a target outside, and what may still be stopped."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wizterm.server.store.engine import held
from wizterm.server.store.paperwork import Delivery
from wizterm.server.store.prepared import Question, prepared

ERP = "erp"
TO_CUSTOMER, TO_REP, TO_OFFICE = "mail-customer", "mail-rep", "mail-office"
MAILS = (TO_CUSTOMER, TO_REP, TO_OFFICE)
"""Confirmations: they follow a document, and never decide about it."""
MAY_BE_MAILED = "It may have been mailed before the store was restored. A retry mails it again."


class DeliveryState(StrEnum):
    AWAITING = "awaiting"
    """A mail that begins to wait when the ERP has said yes to its document."""
    WAITING = "waiting"
    SENDING = "sending"
    """A worker has it; after its lease another looks it up outside."""
    UNKNOWN = "unknown"
    """The outside may have it: it is looked up before it is sent again. A mail cannot be, and rests for a person."""
    DONE = "done"
    REFUSED = "refused"
    DROPPED = "dropped"
    """Its document was superseded or cancelled before it began."""
    GIVEN_UP = "given-up"
    """The office tries no more, and has told the rep why."""


@dataclass(frozen=True, slots=True)
class MailPlan:
    """Whom the company writes to about an order or quote, and when."""

    received: tuple[str, ...] = ()
    """Targets that hear of it when the server has it."""
    confirmed: tuple[str, ...] = ()
    """Targets that hear of it when the ERP has said yes."""

    @property
    def targets(self) -> tuple[str, ...]:
        return self.received + self.confirmed


NO_MAILS = MailPlan()
OPEN = frozenset(DeliveryState) - {DeliveryState.DONE, DeliveryState.DROPPED}
"""What a later delivery still waits for."""
NOT_BEGUN = (DeliveryState.AWAITING, DeliveryState.WAITING, DeliveryState.REFUSED, DeliveryState.GIVEN_UP)


def of(document: Any, revision: Any) -> Any:
    """The condition that a delivery is this document's."""
    return (Delivery.document == document) & (Delivery.revision == revision)


def keep_still(documents: Collection[str]) -> Question:
    """Once asked, no worker begins or settles a delivery of these documents until the transaction has ended."""
    return _still.of(sorted(documents))


@prepared
def _still(documents: Any) -> Any:
    places = (Delivery.document, Delivery.revision, Delivery.target)  # the ERP's first, as settling it does
    return held(Delivery.select(Delivery.document).where(Delivery.document.in_(documents)).order_by(*places))


def booked(document: str, revision: int) -> bool:
    """Whether the ERP has the document, or may have it."""
    maybe = Delivery.state.in_([DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.DONE])
    return bool(Delivery.select().where(of(document, revision) & (Delivery.target == ERP) & maybe).exists())


def let_follow(document: str, revision: int, now: int) -> None:
    """The ERP has said yes: the mails that awaited it may go."""
    _let_follow.change(document, revision, now)


@prepared
def _let_follow(document: Any, revision: Any, now: Any) -> Any:
    awaiting = of(document, revision) & (Delivery.state == DeliveryState.AWAITING)
    return Delivery.update(state=DeliveryState.WAITING, next_try=now, words="").where(awaiting)


def drop(document: str, revision: int) -> None:
    """Stop what has not begun, was refused or given up."""
    Delivery.update(state=DeliveryState.DROPPED).where(
        of(document, revision) & Delivery.state.in_(list(NOT_BEGUN))
    ).execute()
