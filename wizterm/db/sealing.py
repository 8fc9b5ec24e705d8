"""What of the outbox stands in a file for the office too. It stays in the outbox, and is sent where it can be."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from peewee import SqliteDatabase

from wizterm.db.device import told_plainly
from wizterm.db.models import Document, Outbox
from wizterm.protocol.documents import Envelope

_ENVELOPE = ("id", "revision", "kind", "sha256", "body")


class Sealing:
    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def unsealed(self) -> int:
        """How many have no receipt and stand in no file."""
        return int(Outbox.select().where(Outbox.sealed == 0).count(self._database))

    def everything(self) -> list[Envelope]:
        """All that has no receipt, whatever keeps it, in the order it was submitted."""
        query = (
            Outbox.select(*(getattr(Document, name) for name in _ENVELOPE))
            .join(Document, on=(Document.id == Outbox.id) & (Document.revision == Outbox.revision))
            .order_by(Outbox.position)
        )
        with told_plainly(Path(self._database.database)):
            rows = list(query.tuples().execute(self._database))
        return [Envelope(**dict(zip(_ENVELOPE, row, strict=True))) for row in rows]

    def mark(self, documents: Iterable[Envelope]) -> None:
        """These stand in a file now."""
        with told_plainly(Path(self._database.database)), self._database.atomic():
            for envelope in documents:
                its = (Outbox.id == envelope.id) & (Outbox.revision == envelope.revision)
                Outbox.update(sealed=1).where(its).execute(self._database)
