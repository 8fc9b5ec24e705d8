"""What becomes of a mail besides its delivery: a line in the document's history here and with its rep, no state."""

from __future__ import annotations

from wizterm.connectors.base import NO_ADDRESS, Refused
from wizterm.domain.document import State
from wizterm.domain.ids import NewId
from wizterm.server.deliveries import TO_CUSTOMER, DeliveryState
from wizterm.server.dispatch.claiming import Claim
from wizterm.server.dispatch.following import SetAside
from wizterm.server.states import States
from wizterm.server.store.paperwork import DocumentEvent, TakenDocument
from wizterm.server.store.writing import Writing

CUT_OFF = "The process that mailed it ended before the mail server answered: it may be out. A retry mails it again."
NOBODY = "No confirmation was mailed: the customer has no e-mail address that can be used. The office can add one."
"""For the rep, who has no commands of the office's."""
STOPPED = frozenset({State.SUPERSEDED, State.CANCELLED})


class Mailed:
    def __init__(self, new_id: NewId) -> None:
        self._states = States(new_id)

    def instead(self, claimed: Claim) -> SetAside | None:
        """A mail goes out once at most by itself, and only while what it says is so."""
        if claimed.look_up:
            return SetAside(DeliveryState.UNKNOWN, CUT_OFF)
        if claimed.standing in STOPPED:
            return SetAside(DeliveryState.DROPPED, f"The document was {claimed.standing} before its mail went.")
        if claimed.standing == State.REFUSED and claimed.target == TO_CUSTOMER:
            return SetAside(DeliveryState.AWAITING, "The ERP has refused the document: it goes when that changes.")
        return None

    def done(self, writing: Writing, claimed: Claim, _external: str, words: str, now: int) -> None:
        self._note(writing, claimed, f"Confirmation {words}", now)

    def refused(self, writing: Writing, claimed: Claim, refusal: Refused, now: int) -> None:
        words = f"Confirmation could not be mailed: {refusal.words}"
        self._note(writing, claimed, NOBODY if refusal.code == NO_ADDRESS else words, now)

    def _note(self, writing: Writing, claimed: Claim, words: str, now: int) -> None:
        """Of the customer's mail alone, here and to the rep's devices; their own mail reps have before their eyes."""
        if claimed.target != TO_CUSTOMER:
            return
        document = claimed.document
        this = (TakenDocument.id == document.id) & (TakenDocument.revision == document.revision)
        state = State(TakenDocument.get(this).state)
        TakenDocument.update(mailed=words, seq=writing.number).where(this).execute()
        event = self._states.event(document.id, document.revision, state, words)
        DocumentEvent.create(**event, seq=writing.number, at=now)
