"""States and faults as the office reads them."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final, Literal

from peewee import PeeweeException
from rich.cells import cell_len
from textual.content import Content

from wizterm.domain.clock import Clock, age
from wizterm.server.archive import DocumentLine
from wizterm.server.deciding import Role
from wizterm.server.deliveries import DeliveryState
from wizterm.server.delivery_desk import DeliveryRow
from wizterm.server.office_error import OfficeError
from wizterm.server.store.store import StoreError

RowStyle = Literal["", "warning", "error", "quiet"]
DOCUMENT_WORDS: Final = {
    "delivered": "Received",
    "confirmed": "● Confirmed",
    "refused": "▲ Refused",
    "superseded": "Revised",
    "cancelled": "Cancelled",
}
TO_DECIDE: Final = "? To decide"
"""Of a code that somebody is to accept or decline."""
DELIVERY_WORDS: Final = {
    DeliveryState.AWAITING: "Awaits yes",
    DeliveryState.WAITING: "Waiting",
    DeliveryState.SENDING: "Sending",
    DeliveryState.UNKNOWN: "? Uncertain",
    DeliveryState.REFUSED: "▲ Refused",
    DeliveryState.GIVEN_UP: "Given up",
    DeliveryState.DONE: "● Done",
    DeliveryState.DROPPED: "Dropped",
}
HELD_WORDS: Final = "‖ Held"
_QUIET = {DeliveryState.AWAITING, DeliveryState.DONE, DeliveryState.DROPPED, DeliveryState.GIVEN_UP}
LEAST_ROOM = 10
"""Columns that a text has at least beside what leads it."""
_LOG = logging.getLogger(__name__)


def delivery_words(row: DeliveryRow) -> str:
    return HELD_WORDS if row.held else DELIVERY_WORDS[DeliveryState(row.state)]


def delivery_style(row: DeliveryRow) -> RowStyle:
    if row.held or row.state in _QUIET:
        return "quiet"
    return {"refused": "error", "unknown": "warning"}.get(row.state, "")  # type: ignore[return-value]  # a RowStyle


def document_style(line: DocumentLine) -> RowStyle:
    if line.state in {"superseded", "cancelled"}:
        return "quiet"
    return "error" if line.state == "refused" else "warning" if line.doubted else ""


def whom_it_needs(role: Role) -> str:
    """Whoever reads it, where they may decide, or else who may."""
    return "you" if role.covers(Role.CLERK) else "a clerk"


def age_of(since: datetime | None, clock: Clock) -> str:
    """How long ago, for a list; empty where it never was."""
    return "" if since is None else age(clock.now() - since)


def ago(since: datetime | None, clock: Clock, never: str) -> str:
    """The same inside a sentence."""
    if since is None:
        return never
    words = age(clock.now() - since)
    return words if words == "just now" else f"{words} ago"


def hung(lead: str, text: str, width: int) -> str:
    """What does not fit goes on below where it began; signs of two columns count as two."""
    before = cell_len(lead)
    parts = [part.plain.rstrip() for part in Content(text).wrap(max(width - before, LEAST_ROOM))] or [""]
    return lead + f"\n{' ' * before}".join(parts)


def explain(error: Exception) -> str:
    """What went wrong, in a sentence; a fault of the program goes to the log too."""
    if isinstance(error, OfficeError | StoreError):
        return str(error)
    if isinstance(error, PeeweeException | OSError):
        return f"The store cannot be used just now: {error}. Nothing was changed; try again."
    _LOG.error("Something asked for by the office ended with a fault of this program.", exc_info=error)
    return f"Something went wrong inside WizTerm ({type(error).__name__}). Nothing was changed; try again."
