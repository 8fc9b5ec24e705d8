"""What the company says of documents it has: their states here follow, and never run ahead."""

from __future__ import annotations

from typing import Final

from peewee import SqliteDatabase

from wizterm.db.device import set_setting, setting
from wizterm.db.document_states import DocumentStates
from wizterm.domain.clock import Clock, milliseconds
from wizterm.domain.document import DocumentId, State
from wizterm.protocol.changes import DocumentChange, DocumentChanges

CURSOR: Final = "documents_cursor"


class DocumentFeed:
    def __init__(self, database: SqliteDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._states = DocumentStates(database)

    def cursor(self) -> str:
        """Where to go on from; empty at first."""
        return setting(self._database, CURSOR)

    def apply(self, changes: DocumentChanges) -> None:
        """The states of one page, and the cursor that says they were heard, in one transaction."""
        with self._database.atomic():
            for change in changes.changes:
                self._apply(change)
            set_setting(self._database, CURSOR, changes.cursor)

    def _apply(self, change: DocumentChange) -> None:
        document = DocumentId(change.id, change.revision)
        state = self._states.of(document)
        if state is None or state == change.state:
            return
        at = milliseconds(self._clock.now())
        try:
            self._states.change(
                document, State(change.state), at, words=change.words, field=change.field, external=change.external
            )
        except ValueError as error:
            self._states.remember(document, state, at, f"The company says {change.state!r}. {error}")
