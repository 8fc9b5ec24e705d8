"""A long queue on its way to a real server over loopback, beside the same requests by a bare client."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import msgspec
import psutil
import requests

from benchmarks.company import Ground
from benchmarks.figures import Figure, in_turn, milliseconds
from tests.support.documents_making import enveloped, line, order
from wizterm.db.device import open_device
from wizterm.db.documents import Documents
from wizterm.db.locks import FolderLock
from wizterm.db.outbox import Outbox
from wizterm.db.replay import Replay
from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_reader import ReplicaReader
from wizterm.demo.stage import PASSWORD, REPS
from wizterm.domain.clock import SystemClock
from wizterm.domain.document import DocumentId, Kind
from wizterm.domain.records import Frozen
from wizterm.protocol import documents
from wizterm.protocol.documents import MOST_DOCUMENTS, Batch, Envelope
from wizterm.protocol.session import Session, SignIn
from wizterm.queue.sender import Sender, Summary
from wizterm.sync.client import HttpClient

LINES = 20
BESIDE = "the same requests by a bare client, answers thrown away"
SLOWEST = 1000 / 500
"""Milliseconds for an order: 500 a second."""
FLAT = 1.05
AT_ONCE = 5
"""Batches in a turn."""
CLOCK = SystemClock()


def measure(ground: Ground) -> Iterator[Figure]:
    client = HttpClient(ground.stage.address)
    with closing(client):
        session = client.sign_in(SignIn(rep=REPS[0][0], password=PASSWORD, device=str(uuid4())))
    papers = Papers(ground.device, session)
    turns = ground.choose(4, 20)
    count = turns * AT_ONCE * MOST_DOCUMENTS
    queue = Queue(ground.folder / "drain", ground.stage.address, session, papers.some(count))
    with closing(queue), closing(Bare(ground.stage.address, session)) as bare:
        times, plain = in_turn(
            turns,
            lambda _: milliseconds(lambda: queue.drain(AT_ONCE)),
            lambda _: bare.post([papers.some(MOST_DOCUMENTS) for _ in range(AT_ONCE)]),
        )
        queue.expect_empty()
    ours, peer = sum(times) / count, sum(plain) / count
    yield Figure(f"an order of {LINES} lines out of a queue of {count:,}", ours, peer, "ms", BESIDE, SLOWEST)
    yield Figure(f"orders out of a queue of {count:,}", 1000 / ours, 1000 / peer, "orders/s", BESIDE)
    tenth, last = queue.memory[9] / 2**20, queue.memory[-1] / 2**20
    yield Figure("memory after the last batch", last, tenth, "MiB", "the same after the tenth", FLAT, relative=True)


class Papers:
    """Orders of this rep, for a customer and products that the sample company has."""

    def __init__(self, device: Path, session: Session) -> None:
        self._session = session
        with closing(ReplicaReader(ReplicaFiles(device).current)) as reader:
            ((self._customer,),) = reader.rows("SELECT id FROM customers LIMIT 1")
            skus = reader.rows("SELECT sku FROM products LIMIT ?", (LINES,))
        self._lines = [line(place, sku) for place, (sku,) in enumerate(skus, 1)]

    def some(self, count: int) -> list[Envelope]:
        return [enveloped(order(self._session, self._customer, *self._lines)) for _ in range(count)]


class Queue:
    """A device's folder with documents in its outbox, and the memory this process has after each batch."""

    def __init__(self, folder: Path, address: str, session: Session, papers: list[Envelope]) -> None:
        self._database = open_device(folder)
        self._client = HttpClient(address)
        self.memory: list[int] = []
        self._sender = Sender(
            outbox=Outbox(self._database, CLOCK),
            replay=Replay(self._database, CLOCK),
            epoch=lambda: "",
            connect=lambda: lambda batch: self._client.post_documents(session.access_token, batch),
            server=lambda: session.server,
            may_send=lambda: True,
            lock=FolderLock(folder / "sender.lock"),
            clock=CLOCK,
            jitter=lambda low, _: low,
            on_change=self._watch,
        )
        written = Documents(self._database)
        with self._database.atomic():
            for paper in papers:
                written.submit(lambda _, paper=paper: _frozen(paper))

    def drain(self, batches: int) -> None:
        """So many batches of it."""
        until = len(self.memory) + batches
        self._sender.once(lambda: len(self.memory) < until)

    def expect_empty(self) -> None:
        if left := Outbox(self._database, CLOCK).unsent():
            raise AssertionError(f"expected the queue to empty: {left} documents are left in it")

    def close(self) -> None:
        self._client.close()
        self._database.close()

    def _watch(self, summary: Summary) -> None:
        if summary.sending:
            self.memory.append(psutil.Process().memory_info().rss)


def _frozen(paper: Envelope) -> Frozen:
    return Frozen(
        document=DocumentId(paper.id),
        kind=Kind.ORDER,
        number="",
        body=paper.body,
        submitted_at=CLOCK.now(),
        customer="",
        customer_name="",
    )


class Bare:
    """Posts what it is given, and looks at no answer."""

    def __init__(self, address: str, session: Session) -> None:
        self._url = address + documents.PATH
        self._http = requests.Session()
        self._http.headers["Authorization"] = f"Bearer {session.access_token}"
        self._http.headers["Content-Type"] = "application/json"

    def post(self, batches: list[list[Envelope]]) -> float:
        """Milliseconds for all of them."""
        bodies = [msgspec.json.encode(Batch(documents=tuple(batch))) for batch in batches]

        def post() -> None:
            for body in bodies:
                self._http.post(self._url, data=body).raise_for_status()

        return milliseconds(post)

    def close(self) -> None:
        self._http.close()
