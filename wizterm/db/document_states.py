"""One document's state on the disk. Each change checks the table of moves and leaves a line in the history."""

from __future__ import annotations

from typing import Any

from peewee import Expression, SqliteDatabase

from wizterm.db.models import Document, DocumentEvent
from wizterm.domain.document import DocumentId, State, WrongMoveError, move
from wizterm.protocol.changes import DocumentChange


class DocumentStates:
    """Call it inside the transaction that the change belongs to."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def of(self, document: DocumentId) -> State | None:
        rows = Document.select(Document.state).where(named(document)).tuples().execute(self._database)
        return next((State(state) for (state,) in rows), None)

    def is_queued(self, document: DocumentId) -> bool:
        return self.of(document) is State.QUEUED

    def sha256(self, document: DocumentId) -> str:
        rows = Document.select(Document.sha256).where(named(document)).tuples().execute(self._database)
        return next((str(sha256) for (sha256,) in rows), "")

    def change(
        self, document: DocumentId, to: State, at: int, *, words: str = "", event: str = "", **columns: Any
    ) -> None:
        """`words` stay on the document, `event` stands in its history only. Raises `WrongMoveError`."""
        state = self.of(document)
        if state is None:
            raise WrongMoveError(f"There is no document {document} on this machine.")
        moved = move(state, to)
        columns = {"field": "", **columns, "state": str(moved), "words": words}
        Document.update(columns).where(named(document)).execute(self._database)
        self.remember(document, moved, at, words or event)

    def follow(self, said: DocumentChange, at: int) -> None:
        """What the company says became of it; where the table has no such move, only the history tells.

        A company that was set back to before its answer does not set the rep's screen back.
        """
        document = DocumentId(said.id, said.revision)
        state = self.of(document)
        if state is None or said.state in {state, State.DELIVERED}:
            return
        try:
            self.change(document, State(said.state), at, words=said.words, field=said.field, external=said.external)
        except ValueError as error:
            self.remember(document, state, at, f"The company says {said.state!r}. {error}")

    def remember(self, document: DocumentId, state: State, at: int, words: str) -> None:
        DocumentEvent.insert(id=document.id, revision=document.revision, state=str(state), at=at, words=words).execute(
            self._database
        )


def named(document: DocumentId) -> Expression:
    return (Document.id == document.id) & (Document.revision == document.revision)
