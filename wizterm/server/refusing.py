"""Telling a rep that a document was refused, and doing what a cancellation was waiting for."""

from __future__ import annotations

from typing import Protocol

from wizterm.domain.document import State
from wizterm.server import deliveries
from wizterm.server.states import Move, States
from wizterm.server.store.paperwork import TakenDocument
from wizterm.server.store.writing import Writing


class Named(Protocol):
    """A document by its name."""

    @property
    def id(self) -> str: ...

    @property
    def revision(self) -> int: ...


def refuse(writing: Writing, states: States, document: Named, refusal: Move, now: int) -> None:
    """A cancellation that waited to see whether its order is booked is done when it is refused."""
    states.move(writing, document.id, document.revision, refusal, now)
    waiting = (TakenDocument.about == document.id) & (TakenDocument.state == State.DELIVERED)
    for cancellation in list(TakenDocument.select().where(waiting)):
        states.withdraw(writing, document.id, document.revision, now)
        deliveries.drop(cancellation.id, cancellation.revision)
        states.move(writing, cancellation.id, cancellation.revision, Move(State.CONFIRMED), now)
