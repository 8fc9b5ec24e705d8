"""Deliveries: a document on its way to a target outside, and what may still be stopped."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from wizterm.server.store.engine import hold
from wizterm.server.store.paperwork import Delivery

ERP = "erp"


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    """A worker has it; after its lease another looks it up outside."""
    UNKNOWN = "unknown"
    """The outside may have it: it is looked up before it is sent again."""
    DONE = "done"
    REFUSED = "refused"
    DROPPED = "dropped"
    """Its document was superseded or cancelled before it began."""
    GIVEN_UP = "given-up"
    """The office tries no more, and has told the rep why."""


OPEN = frozenset(DeliveryState) - {DeliveryState.DONE, DeliveryState.DROPPED}
"""What a later delivery still waits for."""
NOT_BEGUN = (DeliveryState.WAITING, DeliveryState.REFUSED, DeliveryState.GIVEN_UP)


def of(document: str, revision: int) -> Any:
    """The condition that a delivery is this document's."""
    return (Delivery.document == document) & (Delivery.revision == revision)


def keep_still(documents: Collection[str]) -> None:
    """No worker begins or settles a delivery of these documents until the transaction has ended."""
    theirs = Delivery.document.in_(sorted(documents))
    hold(Delivery.select(Delivery.document).where(theirs).order_by(Delivery.document, Delivery.revision))


def booked(document: str, revision: int) -> bool:
    """Whether the outside has the document, or may have it."""
    maybe = Delivery.state.in_([DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.DONE])
    return bool(Delivery.select().where(of(document, revision) & maybe).exists())


def drop(document: str, revision: int) -> None:
    """Stop what has not begun, was refused or given up."""
    Delivery.update(state=DeliveryState.DROPPED).where(
        of(document, revision) & Delivery.state.in_(list(NOT_BEGUN))
    ).execute()
