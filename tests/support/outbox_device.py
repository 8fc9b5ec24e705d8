"""A device with documents to send, without the services that would make them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from wizterm.db.device import open_device
from wizterm.db.documents import Documents
from wizterm.db.outbox import Outbox
from wizterm.domain.document import DocumentId, Kind
from wizterm.domain.records import Frozen
from wizterm.protocol.documents import Envelope, Taken

SERVER = "server-1"


@dataclass
class FakeClock:
    """Stands still until told."""

    at: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    seconds: float = 1000.0

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()

    def monotonic(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.seconds += seconds


@dataclass
class Device:
    folder: Path
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.database = open_device(self.folder)
        self.documents = Documents(self.database)
        self.outbox = Outbox(self.database, self.clock)

    def submit(self, number: int, *, kind: Kind = Kind.ORDER, after: int | None = None, size: int = 0) -> DocumentId:
        document = DocumentId(id_of(number))
        self.documents.submit(
            lambda counter: Frozen(
                document=document,
                kind=kind,
                number=f"KIM-7F-{counter:04d}",
                body=f'{{"order": {number}, "note": "{"x" * size}"}}',
                submitted_at=self.clock.now(),
                customer="c",
                customer_name="Café Ost",
                after="" if after is None else id_of(after),
            )
        )
        return document

    def state(self, number: int) -> str:
        rows = self.database.execute_sql("SELECT state FROM document WHERE id = ?", (id_of(number),)).fetchall()
        return rows[0][0]

    def states(self) -> dict[str, int]:
        return {str(state): count for state, count in self.documents.counts().items()}

    def history(self, number: int) -> list[str]:
        return [str(event.state) for event in self.documents.history(DocumentId(id_of(number)))]

    def close(self) -> None:
        self.database.close()


def id_of(number: int) -> str:
    return str(UUID(int=number))


def number_of(document_id: str) -> int:
    return UUID(document_id).int


def receipt(envelope: Envelope, **other: object) -> Taken:
    facts = {
        "id": envelope.id,
        "revision": envelope.revision,
        "sha256": envelope.sha256,
        "server": SERVER,
        "epoch": "e1",
        "sequence": 7,
    }
    return Taken(**{**facts, **other})
