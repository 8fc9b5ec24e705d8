"""How one document stands: what its row, its outbox row and its history say together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from peewee import SqliteDatabase

from wizterm.db.document_states import named
from wizterm.db.models import Document, Outbox
from wizterm.domain.clock import moment
from wizterm.domain.document import DocumentId


@dataclass(frozen=True, slots=True)
class Standing:
    field: str = ""
    """Path of the value that a refusal named."""
    attempts: int = 0
    """How often it was sent without an answer that settled it."""
    next_try: datetime | None = None
    """When its rest is over; None where it may go at once, or is gone."""
    after: str = ""
    """Number of the document that has to be delivered first; empty where none is missing."""


def standing(database: SqliteDatabase, document: DocumentId) -> Standing:
    """What more there is to say of a document than its summary does."""
    query = (
        Document.select(Document.field, Outbox.attempts, Outbox.next_try_at, Outbox.after)
        .join(Outbox, "LEFT JOIN", on=(Outbox.id == Document.id) & (Outbox.revision == Document.revision))
        .where(named(document))
        .tuples()
    )
    for field, attempts, next_try_at, after in query.execute(database):
        rest = moment(next_try_at) if next_try_at else None
        return Standing(field, attempts or 0, rest, _missing(database, after) if after else "")
    return Standing()


def _missing(database: SqliteDatabase, document_id: str) -> str:
    """The number of a document the company has no receipt for; empty where it has one."""
    query = Document.select(Document.number, Document.delivered_at).where(Document.id == document_id).tuples()
    rows = list(query.execute(database))
    return "" if any(at for _, at in rows) else next((number for number, _ in rows), "")
