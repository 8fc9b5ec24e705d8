"""What is done with the company over one folder: sending, hearing, fetching. No thread: whoever calls, waits."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from peewee import SqliteDatabase

from wizterm.db.device import set_setting, setting
from wizterm.db.document_feed import COPIED, INSTALLATION, DocumentFeed
from wizterm.db.documents import Documents
from wizterm.db.handovers import Handovers
from wizterm.db.locks import FolderLock
from wizterm.db.outbox import Outbox
from wizterm.db.picture_files import MOST_BYTES
from wizterm.db.replay import Replay
from wizterm.db.replica_files import ReplicaFiles
from wizterm.domain.clock import Clock, milliseconds, moment
from wizterm.domain.ids import NewId
from wizterm.domain.product import Stock
from wizterm.protocol.interface import SyncProtocol
from wizterm.queue.sender import Sender, Summary
from wizterm.services.online_only import OnlineOnlyError
from wizterm.services.preferences import COMPLETE, PULLED_FROM, Preferences
from wizterm.services.stored_settings import StoredSettings
from wizterm.sync.conductor import Conductor, Steps, Wishes
from wizterm.sync.handing_over import HandingOver
from wizterm.sync.hearing import Hearing
from wizterm.sync.pictures import Pictures
from wizterm.sync.probe import Probe
from wizterm.sync.progress import Progress
from wizterm.sync.refresh import Refresh
from wizterm.sync.session import SessionKeeper
from wizterm.sync.signed_in import SignedIn
from wizterm.sync.status import SyncStatus

LAST_SYNC = "last_sync"
SENDER_LOCK = "sender.lock"


class Client(SyncProtocol, Protocol):
    def close(self) -> None:
        """Drop the connections; the next call makes new ones."""
        ...


Connect = Callable[[], Client]
"""Gives a fresh client; each thread that talks has its own."""


class Errands:
    """The parts that talk, put together once; a line runs them in threads, a single round one after the other."""

    def __init__(
        self,
        folder: Path,
        database: SqliteDatabase,
        *,
        connect: Connect,
        clock: Clock,
        new_id: NewId,
        progress: Callable[[Progress], None],
        stopping: Callable[[], bool],
        picture_bytes: int = MOST_BYTES,
    ) -> None:
        self.preferences = Preferences(database)
        self.documents = Documents(database)
        self.keeper = SessionKeeper(speaker=connect(), settings=StoredSettings(database), clock=clock, new_nonce=new_id)
        self.client = connect()
        """For hearing and fetching."""
        self.pictures_wanted = threading.Event()
        self._folder = folder
        self._database = database
        self._connect = connect
        self._clock = clock
        self._new_id = new_id
        self._files = ReplicaFiles(folder)
        signed_in = SignedIn(self.client, self.keeper)
        outbox = Outbox(database, clock)
        self._hearing = Hearing(
            DocumentFeed(database, clock, new_id),
            lambda cursor, contact: signed_in.document_changes(cursor, contact, outbox.unsent()),
        )
        self._handing_over = HandingOver(signed_in, Handovers(database, clock))
        self._carts_moving = threading.Lock()
        self._refresh = Refresh(
            feed=signed_in,
            files=self._files,
            tell=progress,
            cancelled=lambda: stopping() or self.preferences.offline,
            monotonic=clock.monotonic,
        )
        self._missing_pictures = ""
        self._pictures = Pictures(
            signed_in.media,
            folder,
            most_bytes=picture_bytes,
            tell=progress,
            cancelled=self._refresh.cancelled,
            monotonic=clock.monotonic,
        )

    def notice(self) -> str:
        """A sentence on what has to be known and stops nothing; empty where there is nothing."""
        return self._missing_pictures or self._copied()

    def _copied(self) -> str:
        """A sentence where these files were found to be copied; empty where they were not."""
        if not setting(self._database, COPIED):
            return ""
        rep, code = setting(self._database, "rep"), setting(self._database, INSTALLATION)
        return f"These files were copied, so numbers here begin {rep}-{code} from now on; nothing is lost."

    def live_stock(self, sku: str) -> Stock | None:
        """What the company says now, over a connection of its own."""
        client = self._connect()
        try:
            said = SignedIn(client, self.keeper).stock(sku)
        finally:
            client.close()
        if said.quantity is None or said.counted_at is None:
            if said.reason:
                raise OnlineOnlyError(f"{said.reason} The company has no earlier count of {sku}.")
            return None
        return Stock(said.quantity, said.counted_at, said.reason)

    def hand_over(self) -> tuple[str, ...]:
        """Carts to the server and from it now, over a connection of its own; gives sentences for the rep."""
        client = self._connect()
        try:
            with self._carts_moving:
                return HandingOver(SignedIn(client, self.keeper), Handovers(self._database, self._clock)).run()
        finally:
            client.close()

    def sender(
        self, *, may_send: Callable[[], bool], epoch: Callable[[], str], on_change: Callable[[Summary], None]
    ) -> Sender:
        """Sends what waits, under the folder's lock; whichever thread calls it first, keeps it."""
        return Sender(
            outbox=Outbox(self._database, self._clock),
            replay=Replay(self._database, self._clock),
            epoch=epoch,
            connect=lambda: SignedIn(self._connect(), self.keeper).post_documents,
            server=lambda: self.keeper.server,
            may_send=may_send,
            lock=FolderLock(self._folder / SENDER_LOCK),
            clock=self._clock,
            jitter=random.uniform,
            on_change=on_change,
        )

    def conductor(
        self,
        *,
        send: Callable[[], str],
        pull_every: float,
        on_status: Callable[[SyncStatus], None],
        on_synced: Callable[[], None] = lambda: None,
    ) -> Conductor:
        """Looks whether the company can be reached, and then does everything in its order."""

        def synced(at: datetime) -> None:
            set_setting(self._database, LAST_SYNC, str(milliseconds(at)))
            on_synced()

        return Conductor(
            look=Probe(
                ping=self.client.ping,
                server=lambda: self.keeper.server,
                clock=self._clock,
                new_nonce=self._new_id,
            ).look,
            steps=Steps(send=send, hear=self._hear, pull=self._pull),
            wishes=Wishes(
                offline=lambda: self.preferences.offline,
                signed_in=lambda: self.keeper.signed_in,
                pulls_by_itself=lambda: self.preferences.incremental or self._files.current() is None,
                pull_every=pull_every,
            ),
            counts=self.documents.counts,
            clock=self._clock,
            jitter=random.uniform,
            on_status=on_status,
            on_synced=synced,
            last_sync=last_sync(self._database),
        )

    def _hear(self) -> None:
        self._hearing.run()
        with self._carts_moving:
            self._handing_over.run()

    def _pull(self, whole: bool) -> None:  # noqa: FBT001 - as the conductor's step is called
        begun = self._now()
        self._refresh.run(whole=whole)
        set_setting(self._database, PULLED_FROM, begun)
        set_setting(self._database, COMPLETE, self._now())
        if self.pictures_wanted.is_set():
            self._missing_pictures = self._pictures.run().words
            self.pictures_wanted.clear()

    def _now(self) -> str:
        return str(milliseconds(self._clock.now()))


def last_sync(database: SqliteDatabase) -> datetime | None:
    """When a sync last came to its end on this machine."""
    stored = setting(database, LAST_SYNC)
    return moment(int(stored)) if stored else None
