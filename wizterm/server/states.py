"""Moving a document from state to state: the row, its history and the feed in one stroke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wizterm.domain.document import State, move
from wizterm.domain.ids import NewId
from wizterm.server import customer_orders, deliveries
from wizterm.server.store.base import in_one_call
from wizterm.server.store.engine import held
from wizterm.server.store.paperwork import DocumentEvent, TakenDocument
from wizterm.server.store.prepared import prepared
from wizterm.server.store.together import answers
from wizterm.server.store.upserting import insert
from wizterm.server.store.writing import Writing


@dataclass(frozen=True, slots=True)
class Move:
    to: State
    external: str = ""
    words: str = ""
    field: str = ""


@prepared
def _standing(document: Any, revision: Any) -> Any:
    this = (TakenDocument.id == document) & (TakenDocument.revision == revision)
    names = (TakenDocument.state, TakenDocument.external, TakenDocument.kind, TakenDocument.body)
    return held(TakenDocument.select(*names).where(this))


@prepared
def _moved(document: Any, revision: Any, *told: Any) -> Any:
    names = ("state", "external", "words", "field", "seq", "changed_at")
    this = (TakenDocument.id == document) & (TakenDocument.revision == revision)
    return TakenDocument.update(dict(zip(names, told, strict=True))).where(this)


class States:
    def __init__(self, new_id: NewId) -> None:
        self._new_id = new_id

    def move(self, writing: Writing, document: str, revision: int, step: Move, now: int) -> None:
        """Raises `WrongMoveError` where the document's state does not lead there; staying is no move."""
        ((before, external, kind, body),), told = answers(
            _standing.of(document, revision), customer_orders.told_of(document)
        )
        if before == step.to:
            return
        state, external = move(State(before), step.to), step.external or external
        told = told if kind in {"order", "quote"} else []
        change = customer_orders.change(told, document, state, external, body).unless_told(writing)
        event = self.event(document, revision, state, step.words) | {"seq": writing.number, "at": now}
        with in_one_call():
            _moved.change(document, revision, str(state), external, step.words, step.field, writing.number, now)
            insert(DocumentEvent, [event])
            change.write(writing)

    def withdraw(self, writing: Writing, document: str, revision: int, now: int) -> None:
        """Cancel what the outside does not have."""
        deliveries.drop(document, revision)
        self.move(writing, document, revision, Move(State.CANCELLED), now)

    def event(self, document: str, revision: int, state: State, words: str = "") -> dict[str, object]:
        """A line of history, but for when it was."""
        return {"id": self._new_id(), "document": document, "revision": revision, "state": state, "words": words}
