"""What a round sends from: the outbox, or what is offered again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Protocol

from wizterm.db.outbox import Apart
from wizterm.domain.document import DocumentId
from wizterm.protocol.documents import Envelope, Refused, Taken


class Sendable(Protocol):
    def waiting(self, most: int) -> list[Envelope]:
        """What may go now, in order."""
        ...

    def attempts(self, document: DocumentId) -> int: ...

    def may_be_there(self, document: DocumentId) -> bool:
        """Whether the company may have it from an earlier try that was not heard of."""
        ...

    def begin(self, batch: Iterable[Envelope]) -> None:
        """Before the first byte leaves."""
        ...

    def put_back(self, batch: Iterable[Envelope], why: str = "", *, may_be_there: bool = True) -> None:
        """No answer was heard for these; `may_be_there` says whether they can have arrived all the same."""
        ...

    def postpone(self, document: DocumentId, why: str, rest: timedelta) -> None: ...

    def set_apart(self, document: DocumentId, trouble: Apart, rest: timedelta) -> None:
        """It failed by itself."""
        ...

    def absolve(self, documents: Iterable[DocumentId]) -> None:
        """These failed because everything did."""
        ...

    def deliver(self, receipts: Iterable[Taken], server: str) -> set[DocumentId]:
        """In one transaction; gives those that could be taken at their word."""
        ...

    def refuse(self, refusal: Refused) -> None: ...
