"""What a rep says to the company: kinds, identity, number, and the states a document goes through."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LONGEST_NUMBER = 21
"""What every ERP's reference field can hold."""


class Kind(StrEnum):
    ORDER = "order"
    QUOTE = "quote"
    CUSTOMER = "customer"
    CANCELLATION = "cancellation"
    BARCODE = "barcode"
    WISHLIST = "wishlist"


class State(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"


MOVES: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.SENDING, State.CANCELLED}),
    State.SENDING: frozenset({State.QUEUED, State.DELIVERED, State.REFUSED}),
    State.DELIVERED: frozenset({State.CONFIRMED, State.REFUSED, State.SUPERSEDED, State.CANCELLED}),
    State.CONFIRMED: frozenset({State.CANCELLED}),
    State.REFUSED: frozenset({State.SUPERSEDED, State.CANCELLED, State.CONFIRMED}),
    State.SUPERSEDED: frozenset(),
    State.CANCELLED: frozenset(),
}
"""Refused → confirmed: the office mended on its side what the ERP had refused."""

UNSENT = frozenset({State.QUEUED, State.SENDING})
"""The company has no receipt for these yet."""


class WrongMoveError(ValueError):
    """A document was asked to go where its state does not lead."""


def move(state: State, to: State) -> State:
    """The new state, where the table has the move."""
    if to not in MOVES[state]:
        raise WrongMoveError(f"A document that is {state} cannot become {to}.")
    return to


@dataclass(frozen=True, slots=True)
class DocumentId:
    """Names one version of a document for ever, on every machine."""

    id: str
    """UUIDv7 as text, made when the document is begun."""
    revision: int = 1

    def __str__(self) -> str:
        return f"{self.id}/{self.revision}"


def key(document_id: str) -> str:
    """The id as 26 characters of Crockford base32: short enough for other systems' reference fields."""
    number = UUID(document_id).int
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def number(rep: str, installation: str, counter: int) -> str:
    """What people call it, such as KIM-7F-0042: rep, installation, counter of this installation."""
    text = f"{rep}-{installation}-{counter:04d}"
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"{text} is too long for a document number: expected at most {LONGEST_NUMBER} characters.")
    return text
