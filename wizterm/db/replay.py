"""What is offered again: documents whose receipts a server has forgotten, since it was restored from a backup.

Their states stay what the rep was told; only a refusal of something that was merely sent moves one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from peewee import Expression, SqliteDatabase, fn

from wizterm.db.device import set_setting, setting, told_plainly
from wizterm.db.document_states import DocumentStates, named
from wizterm.db.models import Document, DocumentEvent
from wizterm.db.models import Replay as Row
from wizterm.db.outbox import EPOCH, Apart
from wizterm.domain.clock import Clock, milliseconds, milliseconds_of, moment
from wizterm.domain.document import DocumentId, State
from wizterm.protocol.documents import MOST_BYTES, MOST_DOCUMENTS, Envelope, Refused, Taken

KEPT: Final = timedelta(days=90)
"""How far back is offered: older backups are not restored."""
NEWEST: Final = 500
"""So many deliveries are offered however old this machine's clock made them: it may have been years off, or be now."""
_AGAIN: Final = "The company's server was restored; it has the document again."
_NO_MORE: Final = "The company's server was restored, and does not take the document again: {}"


class Replay:
    """An outbox of its own, with the same calls, so that the same round sends it."""

    def __init__(self, database: SqliteDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._states = DocumentStates(database)

    def notice(self, epoch: str) -> int:
        """The server's epoch, as it was just seen: another one brings back what was delivered. Gives how many."""
        if epoch in {"", setting(self._database, EPOCH)}:
            return 0
        since = self._now() - milliseconds_of(KEPT)
        forgotten = (
            ((Document.delivered_at >= since) | Document.id.in_(_newest()))
            & Document.delivered_at.is_null(is_null=False)
            & (Document.epoch != epoch)
            & (Document.state != str(State.SUPERSEDED))
            & ~fn.EXISTS(Row.select().where((Row.id == Document.id) & (Row.revision == Document.revision)))
        )
        wanted = Document.select(Document.id, Document.revision).where(forgotten)
        with self._writing():
            ordered = wanted.order_by(Document.delivered_at, Document.sequence, Document.submitted_at)
            found = list(ordered.tuples().execute(self._database))
            for document_id, revision in found:
                Row.insert(id=document_id, revision=revision).execute(self._database)
            set_setting(self._database, EPOCH, epoch)
        return len(found)

    def waiting(self, most: int = MOST_DOCUMENTS, most_bytes: int = MOST_BYTES) -> list[Envelope]:
        """What may go now, in the order it was once delivered; the first goes however large it is."""
        query = (
            Row.select(Document.id, Document.revision, Document.kind, Document.sha256, Document.body, Document.epoch)
            .join(Document, on=(Document.id == Row.id) & (Document.revision == Row.revision))
            .where(Row.next_try_at <= self._now())
            .order_by(Row.position)
            .limit(most)
        )
        batch: list[Envelope] = []
        size = 0
        for document_id, revision, kind, sha256, body, epoch in query.tuples().execute(self._database):
            size += len(body.encode())
            if batch and size > most_bytes:
                break
            envelope = Envelope(id=document_id, revision=revision, kind=kind, sha256=sha256, body=body, receipt=epoch)
            batch.append(envelope)
        return batch

    def left(self) -> int:
        """How many are still to be offered."""
        return int(Row.select().count(self._database))

    def next_try(self) -> datetime | None:
        query = Row.select(fn.MIN(Row.next_try_at)).where(Row.next_try_at > self._now())
        return next((moment(at) for (at,) in query.tuples().execute(self._database) if at is not None), None)

    def attempts(self, document: DocumentId) -> int:
        query = Row.select(Row.attempts).where(_row(document)).tuples()
        return next((int(attempts) for (attempts,) in query.execute(self._database)), 0)

    def may_be_there(self, document: DocumentId) -> bool:  # noqa: ARG002 - as every outbox
        """It was there: whatever is answered moves no state that the rep was told."""
        return False

    def begin(self, batch: Iterable[Envelope]) -> None:
        with self._writing():
            for envelope in batch:
                self._update(DocumentId(envelope.id, envelope.revision), attempts=Row.attempts + 1)

    def put_back(self, batch: Iterable[Envelope], why: str = "", *, may_be_there: bool = True) -> None:
        """Nothing was heard: they are still here."""

    def postpone(self, document: DocumentId, why: str, rest: timedelta) -> None:  # noqa: ARG002 - no screen asks why
        with self._writing():
            self._update(document, next_try_at=self._now() + milliseconds_of(rest))

    def set_apart(self, document: DocumentId, trouble: Apart, rest: timedelta) -> None:
        self.postpone(document, trouble.why, rest)

    def absolve(self, documents: Iterable[DocumentId]) -> None:
        """No document is blamed here."""

    def deliver(self, receipts: Iterable[Taken], server: str) -> set[DocumentId]:
        """The server has them again: those whose receipt is for exactly what was sent; the others are offered again."""
        by_document = {DocumentId(receipt.id, receipt.revision): receipt for receipt in receipts}
        with self._writing():
            known = self._states.standing(by_document)
            heard = {
                document: receipt
                for document, receipt in by_document.items()
                if document in known and receipt.sha256 == known[document].sha256 and receipt.server == server
            }
            for document, receipt in heard.items():
                receipted = {"epoch": receipt.epoch, "sequence": receipt.sequence}
                Document.update(receipted).where(named(document)).execute(self._database)
                self._states.remember(document, known[document].state, self._now(), _AGAIN)
                self._leave(document)
        return set(heard)

    def refuse(self, refusal: Refused) -> None:
        """A person is asked, where the company had not confirmed it yet."""
        document = DocumentId(refusal.id, refusal.revision)
        words = refusal.words or refusal.code
        with self._writing():
            state = self._states.of(document)
            if state is State.DELIVERED:
                self._states.change(document, State.REFUSED, self._now(), words=words, field=refusal.field)
            elif state is not None:
                self._states.remember(document, state, self._now(), _NO_MORE.format(words))
            self._leave(document)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with told_plainly(Path(self._database.database)), self._database.atomic():
            yield

    def _update(self, document: DocumentId, **columns: object) -> None:
        Row.update(columns).where(_row(document)).execute(self._database)

    def _leave(self, document: DocumentId) -> None:
        Row.delete().where(_row(document)).execute(self._database)

    def _now(self) -> int:
        return milliseconds(self._clock.now())


def _newest() -> Any:
    """Ids of what was delivered last, in the order in which it was."""
    delivered = DocumentEvent.select(DocumentEvent.id).where(DocumentEvent.state == str(State.DELIVERED))
    return delivered.order_by(DocumentEvent.position.desc()).limit(NEWEST)


def _row(document: DocumentId) -> Expression:
    return (Row.id == document.id) & (Row.revision == document.revision)
