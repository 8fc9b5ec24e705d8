"""Taking documents back: quietly while nobody has them, by a document of its own once the company does."""

from __future__ import annotations

from wizterm.db.documents import Documents
from wizterm.db.outbox import Outbox
from wizterm.domain.document import DocumentId, Kind, State, WrongMoveError
from wizterm.domain.records import DocumentSummary
from wizterm.services.order_entry import EntryError
from wizterm.services.submission import Submission

HERE = frozenset({State.QUEUED, State.REFUSED})
CANCELLED_THERE = frozenset({Kind.ORDER, Kind.QUOTE})
"""What the company can be told to cancel."""
WITHDRAWN_HERE = CANCELLED_THERE | {Kind.WISHLIST, Kind.BARCODE}
THERE = frozenset({State.DELIVERED, State.CONFIRMED})


def may_be_taken_back(summary: DocumentSummary) -> bool:
    """Whether it is worth asking."""
    kinds = WITHDRAWN_HERE if summary.state in HERE else CANCELLED_THERE
    return summary.kind in kinds and summary.state in HERE | THERE


def what_cancelling_does(summary: DocumentSummary) -> str:
    """What is known before one says yes; what is queued may be on its way by then."""
    match summary.state:
        case State.DELIVERED | State.CONFIRMED:
            number = f" ({summary.external})" if summary.external else ""
            return f"The company has it{number}: it will be told to cancel it."
        case State.REFUSED:
            return "The company did not take it: it is simply taken back."
        case _:
            return "While it has not been sent it is simply taken back; else the company is told to cancel it."


class TakingBack:
    def __init__(self, documents: Documents, outbox: Outbox, submission: Submission) -> None:
        self._documents = documents
        self._outbox = outbox
        self._submission = submission

    def cancel(self, document: DocumentId, reason: str = "") -> str:
        """Withdraw it, or tell the company to; gives a sentence on which of the two."""
        summary = self._documents.summary(document)
        if summary is None:
            raise EntryError("That document is not on this machine.")
        if summary.kind not in WITHDRAWN_HERE:
            raise EntryError("Only orders and quotes can be cancelled.")
        if summary.state not in HERE | THERE:
            raise EntryError(f"{summary.number} is {summary.state}: there is nothing to cancel just now.")
        if summary.state in HERE and self._withdrawn(summary):
            return f"{summary.number} is cancelled: the company does not have it."
        if summary.kind not in CANCELLED_THERE:
            raise EntryError(f"{summary.number} may have arrived: undo it by another change to the same product.")
        if self._documents.cancelling(document.id):
            raise EntryError(f"{summary.number} is being cancelled already: the company has to answer.")
        frozen = self._submission.cancel(document, summary, reason)
        if summary.state is State.QUEUED:
            self._outbox.try_soon(document)
            return f"{summary.number} may have arrived unheard: {frozen.number} follows it and cancels it."
        return f"{frozen.number} tells the company to cancel {summary.number}; its answer appears here."

    def _withdrawn(self, summary: DocumentSummary) -> bool:
        try:
            return self._outbox.withdraw(summary.document)
        except WrongMoveError as error:
            raise EntryError(f"{summary.number} is on its way just now: cancel it when its answer is here.") from error
