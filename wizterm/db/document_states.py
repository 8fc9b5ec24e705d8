"""One document's state on the disk. Each change checks the table of moves and leaves a line in the history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import Expression, SqliteDatabase

from wizterm.db.models import Document, DocumentEvent
from wizterm.domain.document import DocumentId, State, WrongMoveError, move
from wizterm.protocol.changes import DocumentChange


@dataclass(frozen=True, slots=True)
class Standing:
    """What has to be known of a document before anything becomes of it."""

    state: State
    sha256: str


class DocumentStates:
    """Call it inside the transaction that the change belongs to."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def of(self, document: DocumentId) -> State | None:
        rows = Document.select(Document.state).where(named(document)).tuples().execute(self._database)
        return next((State(state) for (state,) in rows), None)

    def standing(self, documents: Iterable[DocumentId]) -> dict[DocumentId, Standing]:
        """Of those that are on this machine."""
        wanted = set(documents)
        query = Document.select(Document.id, Document.revision, Document.state, Document.sha256)
        found = query.where(Document.id.in_([document.id for document in wanted])).tuples().execute(self._database)
        standing = {DocumentId(id_, revision): Standing(State(state), sha256) for id_, revision, state, sha256 in found}
        return {document: standing[document] for document in wanted & standing.keys()}

    def is_queued(self, document: DocumentId) -> bool:
        return self.of(document) is State.QUEUED

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

    def change_all(self, documents: Sequence[DocumentId], to: State, at: int) -> None:
        """The same for a batch: three statements, however many there are. Raises `WrongMoveError` for any of them."""
        standing = self.standing(documents)
        for document in documents:
            if document not in standing:
                raise WrongMoveError(f"There is no document {document} on this machine.")
            move(standing[document].state, to)
        self.execute_each(
            "UPDATE document SET state = ?, words = '', field = '' WHERE id = ? AND revision = ?",
            [(str(to), document.id, document.revision) for document in documents],
        )
        self.execute_each(
            "INSERT INTO document_event (id, revision, state, at, words) VALUES (?, ?, ?, ?, '')",
            [(document.id, document.revision, str(to), at) for document in documents],
        )

    def execute_each(self, statement: str, values: Sequence[tuple[object, ...]]) -> None:
        """Made once by SQLite and run for each: through models a batch costs ten times as much."""
        self._database.connection().executemany(statement, values)

    def follow(self, said: DocumentChange, at: int) -> None:
        """What the company says became of it; where the table has no such move, only the history tells.

        A company that was set back to before its answer does not set the rep's screen back.
        """
        document = DocumentId(said.id, said.revision)
        state = self.of(document)
        if state is None:
            return
        if said.note:
            self._note(document, state, said.note, at)
        self._move_as_said(document, state, said, at)
        if said.mail:
            self.remember_once(document, self.of(document) or state, at, said.mail)

    def _move_as_said(self, document: DocumentId, state: State, said: DocumentChange, at: int) -> None:
        if said.state in {state, State.DELIVERED}:
            return
        try:
            self.change(document, State(said.state), at, words=said.words, field=said.field, external=said.external)
        except ValueError as error:
            self.remember(document, state, at, f"The company says {said.state!r}. {error}")

    def _note(self, document: DocumentId, state: State, note: str, at: int) -> None:
        """Once in the history, and on the document where nothing else is said of it."""
        if self._is_remembered(document, note):
            return
        Document.update(words=note).where(named(document) & (Document.words == "")).execute(self._database)
        self.remember(document, state, at, note)

    def _is_remembered(self, document: DocumentId, words: str) -> bool:
        told = DocumentEvent.select().where(
            (DocumentEvent.id == document.id)
            & (DocumentEvent.revision == document.revision)
            & (DocumentEvent.words == words)
        )
        return bool(told.count(self._database))

    def remember_once(self, document: DocumentId, state: State, at: int, words: str) -> None:
        if not self._is_remembered(document, words):
            self.remember(document, state, at, words)

    def remember(self, document: DocumentId, state: State, at: int, words: str) -> None:
        DocumentEvent.insert(id=document.id, revision=document.revision, state=str(state), at=at, words=words).execute(
            self._database
        )


def named(document: DocumentId) -> Expression:
    return (Document.id == document.id) & (Document.revision == document.revision)
