"""The outbox: what the company has no receipt for, and what each answer does to it.

Every change is one transaction: a document's state, its outbox row and its history never part. Whatever the disk
refuses is a `DeviceFileError`, and nothing has changed.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from peewee import Expression, SqliteDatabase, fn

from wizterm.db.device import setting, told_plainly
from wizterm.db.document_states import DocumentStates, Standing, named
from wizterm.db.models import Document
from wizterm.db.models import Outbox as Row
from wizterm.domain.clock import Clock, milliseconds, milliseconds_of, moment
from wizterm.domain.document import DocumentId, Kind, State
from wizterm.protocol.changes import DocumentChange
from wizterm.protocol.decoding import decoded
from wizterm.protocol.documents import MOST_BYTES, MOST_DOCUMENTS, Envelope, Refused, Taken

EPOCH: Final = "epoch"
"""The setting: the server's, as it was last seen."""
NO_REST = timedelta(0)
LONGEST_REST: Final = timedelta(hours=1)
"""What claims to rest for longer was written by a clock that was ahead, and is due."""
LISTED_AFTER: Final = timedelta(days=1)
_BLAMELESS: Final = {"trouble": "", "troubled_since": 0, "listed": 0}


@dataclass(frozen=True, slots=True)
class Apart:
    """Why a document rests by itself."""

    name: str
    """Of the trouble: it lasts as long as the name stays the same."""
    why: str
    keep_back: bool
    """Whether it is sent no more once it is listed, until a person lets it go."""


class Outbox:
    def __init__(self, database: SqliteDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._states = DocumentStates(database)

    def waiting(self, most: int = MOST_DOCUMENTS, most_bytes: int = MOST_BYTES) -> list[Envelope]:
        """What may go now, in the order it was submitted; the first goes however large it is."""
        batch: list[Envelope] = []
        ids: set[str] = set()
        missing = _missing(self._database)
        size = 0
        with told_plainly(Path(self._database.database)), closing(_ready(self._database, self._now())) as ready:
            for envelope, after in ready:
                if after in missing and after not in ids:
                    continue
                size += len(envelope.body.encode())
                if batch and (len(batch) >= most or size > most_bytes):
                    break
                batch.append(envelope)
                ids.add(envelope.id)
        return batch

    def next_try(self) -> datetime | None:
        """When the next resting document may go; None where none rests."""
        query = Row.select(fn.MIN(Row.next_try_at)).where((Row.held == 0) & _rests(self._now()))
        return next((moment(at) for (at,) in query.tuples().execute(self._database) if at is not None), None)

    def unsent(self) -> int:
        """How many have no receipt, whatever keeps them."""
        return int(Row.select().count(self._database))

    def attempts(self, document: DocumentId) -> int:
        query = Row.select(Row.attempts).where(_row(document)).tuples()
        return next((int(attempts) for (attempts,) in query.execute(self._database)), 0)

    def may_be_there(self, document: DocumentId) -> bool:
        """Whether it was sent before and may have arrived, though no answer was heard."""
        return bool(Row.select().where(_row(document) & (Row.unheard == 1)).count(self._database))

    def begin(self, batch: Iterable[Envelope]) -> None:
        """Queued → sending, before the first byte leaves."""
        documents = [_name(envelope) for envelope in batch]
        with self._writing():
            self._states.change_all(documents, State.SENDING, self._now())
            self._each("UPDATE outbox SET attempts = attempts + 1, why = ''", documents)

    def put_back(self, batch: Iterable[Envelope], why: str = "", *, may_be_there: bool = True) -> None:
        """Sending → queued for those that no answer was heard for: they go again, the same bytes."""
        with self._writing():
            for envelope in batch:
                if self._states.of(_name(envelope)) is State.SENDING:
                    self._rest(_name(envelope), why, NO_REST)
                    if may_be_there:
                        _unheard(self._database, _name(envelope))

    def postpone(self, document: DocumentId, why: str, rest: timedelta) -> None:
        """Sending → queued at the company's word, not to be tried again before its rest is over: an hour at most."""
        with self._writing():
            self._rest(document, why, min(rest, LONGEST_REST))
            self._update(document, unheard=0)

    def set_apart(self, document: DocumentId, trouble: Apart, rest: timedelta) -> None:
        """Sending → queued after a failure of its own; one that lasts is listed for people."""
        with self._writing():
            since = _troubled_since(self._database, document, trouble.name, self._now())
            self._rest(document, trouble.why, rest)
            lasting = self._now() - since >= milliseconds_of(LISTED_AFTER)
            self._update(
                document,
                trouble=trouble.name,
                troubled_since=since,
                listed=int(lasting),
                held=int(lasting and trouble.keep_back),
            )

    def absolve(self, documents: Iterable[DocumentId]) -> None:
        """These failed because everything did: it counts against none of them."""
        with self._writing():
            for document in documents:
                self._update(document, **_BLAMELESS)

    def deliver(self, receipts: Iterable[Taken], server: str) -> set[DocumentId]:
        """Sending → delivered, for those whose receipt is for exactly what was sent; the others stay as they are."""
        by_document = {DocumentId(receipt.id, receipt.revision): receipt for receipt in receipts}
        with self._writing():
            sent = self._states.standing(by_document)
            heard = [
                document
                for document, receipt in by_document.items()
                if document in sent
                and sent[document] == Standing(State.SENDING, receipt.sha256)
                and receipt.server == server
            ]
            at = self._now()
            self._states.change_all(heard, State.DELIVERED, at)
            self._states.execute_each(
                "UPDATE document SET epoch = ?, sequence = ?, delivered_at = ? WHERE id = ? AND revision = ?",
                [(by_document[each].epoch, by_document[each].sequence, at, each.id, each.revision) for each in heard],
            )
            self._leave(heard)
        return set(heard)

    def refuse(self, refusal: Refused) -> None:
        """Sending → refused: it waits for a person, and the others go on."""
        document = DocumentId(refusal.id, refusal.revision)
        with self._writing():
            self._states.change(
                document, State.REFUSED, self._now(), words=refusal.words or refusal.code, field=refusal.field
            )
            self._leave([document])
            for cancelled in _with_its_cancellations(self._database, document):
                self._states.change(cancelled, State.CANCELLED, self._now())
                self._leave([cancelled])

    def recover(self) -> int:
        """Sending → queued for what a crash left so. Only whoever holds the sender's lock may call this."""
        left = Document.select(Document.id, Document.revision).where(Document.state == str(State.SENDING)).tuples()
        with self._writing():
            documents = [DocumentId(*row) for row in left.execute(self._database)]
            for document in documents:
                self._rest(document, "", NO_REST)
                _unheard(self._database, document)
        return len(documents)

    def hold(self, document: DocumentId, *, held: bool) -> bool:
        """Keep a waiting document back, or let it go; False where it does not wait."""
        with self._writing():
            return self._states.is_queued(document) and self._update(document, held=int(held), **_BLAMELESS)

    def try_soon(self, document: DocumentId) -> bool:
        """End its rest, and let it go where it is held; False where it does not wait."""
        with self._writing():
            return self._states.is_queued(document) and self._update(document, held=0, next_try_at=0, **_BLAMELESS)

    def try_all_soon(self) -> int:
        """End every rest; gives how many there were. What is held stays held."""
        with self._writing():
            resting = (Row.held == 0) & (Row.next_try_at > self._now())
            return int(Row.update(next_try_at=0).where(resting).execute(self._database))

    def withdraw(self, document: DocumentId) -> bool:
        """Take back what the company does not have for certain; False where it has it, or may have it.

        Raises `WrongMoveError` where it is on its way.
        """
        with self._writing():
            if _delivered(self._database, document) or self.may_be_there(document):
                return False
            self._states.change(document, State.CANCELLED, self._now())
            self._leave([document])
        return True

    def close(self) -> None:
        """Close the connection of the thread that calls."""
        self._database.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with told_plainly(Path(self._database.database)), self._database.atomic():
            yield

    def _rest(self, document: DocumentId, why: str, rest: timedelta) -> None:
        self._states.change(document, State.QUEUED, self._now(), event=why)
        until = self._now() + milliseconds_of(rest) if rest else 0
        self._update(document, next_try_at=until, why=why)

    def _update(self, document: DocumentId, **columns: object) -> bool:
        """Whether there was a row to change."""
        return bool(Row.update(columns).where(_row(document)).execute(self._database))

    def _leave(self, documents: Sequence[DocumentId]) -> None:
        """Out of the outbox; what the company has said of them meanwhile counts from now on."""
        said = Row.select(Row.said).where(Row.id.in_([document.id for document in documents]) & (Row.said != ""))
        words = [decoded(word, DocumentChange) for (word,) in said.tuples().execute(self._database)]
        self._each("DELETE FROM outbox", documents)
        for word in words:
            if DocumentId(word.id, word.revision) in documents:
                self._states.follow(word, self._now())

    def _each(self, statement: str, documents: Sequence[DocumentId]) -> None:
        self._states.execute_each(
            f"{statement} WHERE id = ? AND revision = ?", [(document.id, document.revision) for document in documents]
        )

    def _now(self) -> int:
        return milliseconds(self._clock.now())


def _name(envelope: Envelope) -> DocumentId:
    return DocumentId(envelope.id, envelope.revision)


def _row(document: DocumentId) -> Expression:
    return (Row.id == document.id) & (Row.revision == document.revision)


def _unheard(database: SqliteDatabase, document: DocumentId) -> None:
    """It may be there; a server that is restored to before that has to know it, lest it books it again."""
    Row.update(unheard=1).where(_row(document)).execute(database)
    first = named(document) & (Document.epoch == "")
    Document.update(epoch=setting(database, EPOCH)).where(first).execute(database)


def _delivered(database: SqliteDatabase, document: DocumentId) -> bool:
    there = Document.select().where(named(document) & Document.delivered_at.is_null(is_null=False))
    return bool(there.count(database))


def _missing(database: SqliteDatabase) -> set[str]:
    """Ids that others wait for, and that the company has never given a receipt for."""
    waited_for = Row.select(Row.after).where(Row.after != "")
    query = (
        Document.select(Document.id)
        .where(Document.id.in_(waited_for))
        .group_by(Document.id)
        .having(fn.COUNT(Document.delivered_at) == 0)
    )
    return {document_id for (document_id,) in query.tuples().execute(database)}


def _with_its_cancellations(database: SqliteDatabase, document: DocumentId) -> list[DocumentId]:
    """The document and what waits to take it back; nothing where nothing does."""
    query = (
        Row.select(Row.id, Row.revision)
        .join(Document, on=(Document.id == Row.id) & (Document.revision == Row.revision))
        .where((Row.after == document.id) & (Document.kind == str(Kind.CANCELLATION)))
        .where(Document.state == str(State.QUEUED))
    )
    waiting = [DocumentId(*row) for row in query.tuples().execute(database)]
    return [document, *waiting] if waiting else []


def _rests(now: int) -> Expression:
    """Whether its rest is not over yet."""
    return Row.next_try_at.between(now + 1, now + milliseconds_of(LONGEST_REST))


def _ready(database: SqliteDatabase, now: int) -> Generator[tuple[Envelope, str]]:
    """All that is queued, not held and rested, with what it waits for. Read as far as a batch needs, no further."""
    query = (
        Row.select(
            Document.id, Document.revision, Document.kind, Document.sha256, Document.body, Document.epoch, Row.after
        )
        .join(Document, on=(Document.id == Row.id) & (Document.revision == Row.revision))
        .where((Document.state == str(State.QUEUED)) & (Row.held == 0) & ~_rests(now))
        .order_by(Row.position)
    )
    for document_id, revision, kind, sha256, body, epoch, after in query.tuples().iterator(database):
        envelope = Envelope(id=document_id, revision=revision, kind=kind, sha256=sha256, body=body, receipt=epoch)
        yield envelope, after


def _troubled_since(database: SqliteDatabase, document: DocumentId, trouble: str, now: int) -> int:
    """When this very trouble began; now, where it is the first time."""
    same = _row(document) & (Row.trouble == trouble) & (Row.troubled_since > 0)
    rows = Row.select(Row.troubled_since).where(same).tuples().execute(database)
    return next((int(since) for (since,) in rows), now)
