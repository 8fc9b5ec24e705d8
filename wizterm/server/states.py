"""Moving a document from state to state: the row, its history and the feed in one stroke."""

from __future__ import annotations

from dataclasses import dataclass

from wizterm.domain.document import State, move
from wizterm.domain.ids import NewId
from wizterm.server import deliveries
from wizterm.server.store.engine import held
from wizterm.server.store.paperwork import DocumentEvent, TakenDocument
from wizterm.server.store.store import Writing


@dataclass(frozen=True, slots=True)
class Move:
    to: State
    external: str = ""
    words: str = ""
    field: str = ""


class States:
    def __init__(self, new_id: NewId) -> None:
        self._new_id = new_id

    def move(self, writing: Writing, document: str, revision: int, step: Move, now: int) -> None:
        """Raises `WrongMoveError` where the document's state does not lead there; staying is no move."""
        this = (TakenDocument.id == document) & (TakenDocument.revision == revision)
        row = held(TakenDocument.select().where(this)).get()
        if row.state == step.to:
            return
        state = move(State(row.state), step.to)
        TakenDocument.update(
            state=state,
            external=step.external or row.external,
            words=step.words,
            field=step.field,
            seq=writing.number,
            changed_at=now,
        ).where(this).execute()
        event = self.event(document, revision, state, step.words)
        DocumentEvent.create(**event, seq=writing.number, at=now)

    def withdraw(self, writing: Writing, document: str, revision: int, now: int) -> None:
        """Cancel what the outside does not have."""
        deliveries.drop(document, revision)
        self.move(writing, document, revision, Move(State.CANCELLED), now)

    def event(self, document: str, revision: int, state: State, words: str = "") -> dict[str, object]:
        """A line of history, but for when it was."""
        return {"id": self._new_id(), "document": document, "revision": revision, "state": state, "words": words}
