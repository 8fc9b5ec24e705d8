"""The office decides about codes that reps suggest: into the catalogue for everybody, or not, with the reason."""

from __future__ import annotations

from wizterm.domain.clock import Clock, milliseconds
from wizterm.domain.document import State
from wizterm.domain.ids import NewId
from wizterm.protocol.bodies import BarcodeBody
from wizterm.server import codes
from wizterm.server.deciding import Deciding, Decision, Role
from wizterm.server.office_error import OfficeError
from wizterm.server.states import Move, States
from wizterm.server.store.paperwork import TakenDocument


class CodeError(OfficeError):
    """That cannot be decided about the code; the message says why and what can."""


class CodeDesk:
    def __init__(self, by: Deciding, *, clock: Clock, new_id: NewId) -> None:
        self._by = by
        self._clock = clock
        self._states = States(new_id)

    def accept(self, wanted: str) -> str:
        """Every device hears of the code with its next sync; gives the document's number."""
        with self._by.decide(Role.CLERK, "accepted the code") as decision:
            document, body = _suggested(decision, wanted, State.DELIVERED, State.REFUSED)
            if reason := codes.conflict(body):
                raise CodeError(f"{reason} Nothing was changed: decline it, or mend the catalogue first.")
            codes.place(decision.writing, body)
            decision.words = f"{body.code} stands on {body.sku}"
            self._move(decision, document, Move(State.CONFIRMED))
            return decision.about

    def decline(self, wanted: str, reason: str) -> str:
        """The rep reads the reason; gives the document's number."""
        if not reason.strip():
            raise CodeError("Give the reason: the rep reads it.")
        with self._by.decide(Role.CLERK, "declined the code", words=reason.strip()) as decision:
            document, _ = _suggested(decision, wanted, State.DELIVERED)
            self._move(decision, document, Move(State.REFUSED, words=reason.strip()))
            return decision.about

    def _move(self, decision: Decision, document: TakenDocument, step: Move) -> None:
        now = milliseconds(self._clock.now())
        self._states.move(decision.writing, document.id, document.revision, step, now)


def _suggested(decision: Decision, wanted: str, *states: State) -> tuple[TakenDocument, BarcodeBody]:
    """The suggestion with this number or id, while it stands so that this can be decided."""
    named = (TakenDocument.id == wanted) | (TakenDocument.number == wanted)
    newest = TakenDocument.select().where(named & (TakenDocument.kind == codes.KIND))
    document = newest.order_by(TakenDocument.revision.desc()).first()
    body = codes.suggestion(document.kind, document.body) if document is not None else None
    if document is None or body is None:
        raise CodeError(f"{wanted[:40]!r} suggests no code: `admin codes list` shows those that do.")
    if document.state not in states:
        raise CodeError(f"{document.number} is {document.state} already: nothing was changed.")
    decision.about = document.number
    return document, body
