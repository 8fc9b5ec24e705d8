"""What a process does until it is killed. Each says on its standard output what it has finished."""

from __future__ import annotations

import os
import pickle
import signal
import ssl
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from peewee import Database, SqliteDatabase

from tests.support.outbox_device import id_of
from tests.support.replica_making import ScriptedFeed
from tests.torture.kills.cart_role import work_with_carts
from wizterm.db import device
from wizterm.db.device import open_device
from wizterm.db.documents import Documents
from wizterm.db.locks import FolderLock
from wizterm.db.outbox import Outbox
from wizterm.db.replay import Replay
from wizterm.db.replica_files import ReplicaFiles
from wizterm.domain.clock import SystemClock
from wizterm.domain.document import DocumentId, Kind
from wizterm.domain.records import Frozen
from wizterm.queue.sender import Sender
from wizterm.server.store import migrating
from wizterm.server.store.opening import open_store
from wizterm.server.store.store import Store
from wizterm.sync.client import HttpClient
from wizterm.sync.progress import Progress
from wizterm.sync.refresh import Refresh

TRUST = ssl.create_default_context()
CLOCK = SystemClock()


def say(*words: object) -> None:
    """One line, in one write: lines of two processes never mix."""
    os.write(sys.stdout.fileno(), (" ".join(map(str, words)) + "\n").encode())


def submit(folder: str, first: str) -> None:
    """Documents one after the other; each is told once its submit has returned."""
    documents = Documents(open_device(Path(folder)))
    say("began", os.getpid())
    for number in count(int(first)):
        documents.submit(lambda counter, number=number: frozen(number, counter))
        say("saved", number)


def send(folder: str, address: str, token: str, server: str) -> None:
    sender = make_sender(Path(folder), address, token, server)
    say("began", os.getpid())
    while True:
        sender.once()


def pull(folder: str, script: str) -> None:
    feed = pickle.loads(Path(script).read_bytes())
    say("began", os.getpid())
    make_refresh(Path(folder), feed, lambda progress: say("at", progress.done)).run()
    say("at", "the end")
    signal.pause()


def make_sender(folder: Path, address: str, token: str, server: str) -> Sender:
    client = HttpClient(address, trust=TRUST)
    database = open_device(folder)
    return Sender(
        outbox=Outbox(database, CLOCK),
        replay=Replay(database, CLOCK),
        epoch=lambda: "",
        connect=lambda: lambda batch: client.post_documents(token, batch),
        server=lambda: server,
        may_send=lambda: True,
        lock=FolderLock(folder / "sender.lock"),
        clock=CLOCK,
        jitter=lambda low, high: low,
        on_change=lambda summary: None,
    )


def make_refresh(folder: Path, feed: ScriptedFeed, tell: Callable[[Progress], None] = lambda progress: None) -> Refresh:
    return Refresh(feed, ReplicaFiles(folder), tell, lambda: False, CLOCK.monotonic)


def frozen(number: int, counter: int) -> Frozen:
    return Frozen(
        document=DocumentId(id_of(number)),
        kind=Kind.ORDER,
        number=f"KIM-7F-{counter:04d}",
        body=body(number),
        submitted_at=CLOCK.now(),
        customer="c",
        customer_name="Café Ost",
    )


def body(number: int) -> str:
    """Some kilobytes, so that a document spans several pages of the file."""
    return f'{{"order": {number}, "lines": "{"äöü€" * (200 + number % 700)}"}}'


def migrate(store: str, folder: str, migrations: str, last: str) -> None:
    """Opens a store whose migrations lie in that folder; dies before statement number `last`, where that is not 0."""
    counted = count(1)
    execute = Database.execute_sql

    def counting(self: Database, *words: object, **more: object) -> object:
        if next(counted) == int(last):
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(self, *words, **more)

    say("began", os.getpid())
    Database.execute_sql = counting
    opened_with(store, Path(folder), Path(migrations)).close()
    say("statements", next(counted) - 1)


def opened_with(store: str, folder: Path, migrations: Path) -> SqliteDatabase | Store:
    """The device's or the server's store, by the migrations in that folder: the newest is the one it wants."""
    newest = max(path.stem for path in migrations.glob("*.py"))
    if store == "device":
        device.NEWEST, device.files = newest, lambda _: migrations.parent
        return open_device(folder)
    migrating.files = lambda _: migrations.parent
    return open_store(folder)


def carts(folder: str, address: str, seed: str) -> None:
    work_with_carts(Path(folder), address, seed, say)


ROLES = {"submit": submit, "send": send, "pull": pull, "migrate": migrate, "carts": carts}
