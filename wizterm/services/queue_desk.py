"""The queue for whoever stands beside the terminal: found by number, shown whole, held, let go, tried again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from peewee import SqliteDatabase

from wizterm.db.device import FILE, DeviceFileError, open_device
from wizterm.db.documents import Documents
from wizterm.db.outbox import Outbox
from wizterm.domain.clock import Clock
from wizterm.domain.document import UNSENT, DocumentId, State
from wizterm.domain.records import DocumentSummary, Event
from wizterm.services.departure import Departure
from wizterm.services.papers import Papers

ATTENTION = frozenset({State.REFUSED})
MOST = 100_000
"""More than a folder ever queues: a list for a program leaves nothing out."""


class NotInQueueError(Exception):
    """No document fits; the message says what was looked for."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A document in the queue, as a program reads it."""

    number: str
    id: str
    revision: int
    kind: str
    customer: str
    total: str
    currency: str
    state: str
    held: bool
    listed: bool
    """Whether a person has to look at it, though it still waits."""
    submitted_at: datetime
    words: str
    attempts: int
    next_try: datetime | None
    after: str
    external: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A document with its history."""

    ticket: Ticket
    history: tuple[Event, ...]


@contextmanager
def open_queue(folder: Path, clock: Clock) -> Iterator[QueueDesk]:
    """The queue of a folder, which a terminal may have open at the same time. Raises `DeviceFileError`."""
    with _opened(folder) as database:
        documents = Documents(database)
        yield QueueDesk(documents, Outbox(database, clock), Papers(documents, database))


@contextmanager
def open_departure(folder: Path, clock: Clock) -> Iterator[Departure]:
    """What a rep's folder can be left with. Raises `DeviceFileError`."""
    with _opened(folder) as database:
        yield Departure(database, clock)


@contextmanager
def _opened(folder: Path) -> Iterator[SqliteDatabase]:
    if not (folder / FILE).exists():
        raise DeviceFileError(f"There are no orders in {folder}: name the folder of a rep who has signed in.")
    database = open_device(folder)
    try:
        yield database
    finally:
        database.close()


class QueueDesk:
    def __init__(self, documents: Documents, outbox: Outbox, papers: Papers) -> None:
        self._documents = documents
        self._outbox = outbox
        self._papers = papers

    def unsent(self) -> tuple[Ticket, ...]:
        """What the company has no receipt for and what it refused, in the order of submitting."""
        found = self._documents.page(states=UNSENT | ATTENTION, limit=MOST)
        return tuple(self._dossier(each).ticket for each in reversed(found))

    def newest(self, words: str, *, most: int) -> tuple[Ticket, ...]:
        """Orders and quotes, sent or not, that say every word; the newest first."""
        return tuple(self._dossier(each).ticket for each in self._papers.page(words, most=most).summaries)

    def show(self, wanted: str) -> Dossier:
        """The document of this number or id. Raises `NotInQueueError`."""
        return self._dossier(self._find(wanted))

    def hold(self, wanted: str, *, held: bool) -> Ticket:
        """Keep it back, or let it go. Raises `NotInQueueError` where it does not wait."""
        return self._change(wanted, lambda document: self._outbox.hold(document, held=held))

    def retry(self, wanted: str) -> Ticket:
        """End its rest: it goes with the next round. Raises `NotInQueueError` where it does not wait."""
        return self._change(wanted, self._outbox.try_soon)

    def retry_all(self) -> int:
        """End every rest; gives how many there were. What a person holds stays held."""
        return self._outbox.try_all_soon()

    def _change(self, wanted: str, change: Callable[[DocumentId], bool]) -> Ticket:
        summary = self._find(wanted)
        if not change(summary.document):
            raise NotInQueueError(f"{summary.number} does not wait: it is on its way or was answered.")
        return self.show(summary.document.id).ticket

    def _find(self, wanted: str) -> DocumentSummary:
        """The latest revision of what bears this number or id."""
        found = self._documents.named(wanted)
        if found is None:
            raise NotInQueueError(f"There is no document {wanted} on this machine: `queue list` shows what waits.")
        return found

    def _dossier(self, summary: DocumentSummary) -> Dossier:
        paper = self._papers.paper(summary.document)
        ticket = Ticket(
            number=summary.number,
            id=summary.document.id,
            revision=summary.document.revision,
            kind=str(summary.kind),
            customer=summary.customer_name,
            total=summary.total,
            currency=summary.currency,
            state=str(summary.state),
            held=summary.held,
            listed=summary.listed,
            submitted_at=summary.submitted_at,
            words=summary.words,
            attempts=paper.standing.attempts,
            next_try=paper.standing.next_try,
            after=paper.standing.after,
            external=summary.external,
        )
        return Dossier(ticket, paper.history)
