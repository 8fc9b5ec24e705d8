"""The states of a document as the rep reads them. Orders, queue and document page say them alike."""

from __future__ import annotations

from dataclasses import dataclass

from wizterm.domain.document import Kind, State
from wizterm.domain.records import DocumentSummary


@dataclass(frozen=True, slots=True)
class StateWords:
    sign: str
    """Says the same without colour."""
    words: str
    tone: str = ""
    """success, warning, error or quiet; empty for what needs no stress."""

    def __str__(self) -> str:
        return f"{self.sign} {self.words}"


KEPT_BACK = StateWords("▲", "Kept back", "error")
IN_TROUBLE = StateWords("▲", "Waiting, in trouble", "error")
HELD = StateWords("‖", "Held", "warning")

_STATES = {
    State.QUEUED: StateWords("○", "Waiting"),
    State.SENDING: StateWords("↑", "Sending"),
    State.DELIVERED: StateWords("✓", "Sent"),
    State.CONFIRMED: StateWords("●", "Confirmed", "success"),
    State.REFUSED: StateWords("▲", "Needs attention", "error"),
    State.SUPERSEDED: StateWords("↻", "Revised", "quiet"),
    State.CANCELLED: StateWords("×", "Cancelled", "quiet"),
}

_KINDS = {
    Kind.ORDER: "Order",
    Kind.QUOTE: "Quote",
    Kind.CUSTOMER: "Customer",
    Kind.CANCELLATION: "Cancellation",
    Kind.BARCODE: "Barcode",
    Kind.WISHLIST: "Wishlist",
}


def state_words(state: State) -> StateWords:
    return _STATES[state]


def summary_words(summary: DocumentSummary) -> StateWords:
    """Sign and words; a document that is held or in trouble says so where others wait."""
    if summary.state is not State.QUEUED or not (summary.held or summary.listed):
        return state_words(summary.state)
    if summary.held:
        return KEPT_BACK if summary.listed else HELD
    return IN_TROUBLE


def kind_words(kind: Kind) -> str:
    return _KINDS[kind]
