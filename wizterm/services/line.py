"""The line to the company: the thread that sends, the thread that keeps in touch, and what they tell the rep."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from peewee import SqliteDatabase

from wizterm.db.device import set_setting, setting
from wizterm.db.document_feed import DocumentFeed
from wizterm.db.documents import Documents
from wizterm.db.locks import FolderLock
from wizterm.db.outbox import Outbox
from wizterm.db.replica_files import ReplicaFiles
from wizterm.domain.clock import Clock, milliseconds, moment
from wizterm.domain.document import State
from wizterm.domain.ids import NewId
from wizterm.protocol.interface import SyncProtocol
from wizterm.queue.sender import Sender, Summary
from wizterm.queue.uploader import Uploader
from wizterm.services import outlook as said
from wizterm.services.preferences import COMPLETE, Preferences
from wizterm.services.stored_settings import StoredSettings
from wizterm.sync.agent import Agent
from wizterm.sync.conductor import Conductor, Steps, Wishes
from wizterm.sync.connectivity import Connectivity
from wizterm.sync.hearing import Hearing
from wizterm.sync.pictures import Pictures
from wizterm.sync.probe import Probe
from wizterm.sync.progress import Progress, Step
from wizterm.sync.refresh import Refresh
from wizterm.sync.route import RouteWatcher
from wizterm.sync.session import SessionKeeper
from wizterm.sync.signed_in import SignedIn
from wizterm.sync.status import SyncStatus

LAST_SYNC = "last_sync"
SENDER_LOCK = "sender.lock"
SENDING_TIME = 600.0
"""Seconds a round waits for the queue to empty before it goes on to what comes down."""


class Client(SyncProtocol, Protocol):
    def close(self) -> None:
        """Drop the connections; the next call makes new ones."""
        ...


Connect = Callable[[], Client]
"""Gives a fresh client; each thread that talks has its own."""


class Line:
    """`Syncing` for one device folder. Starts its threads at once; they tell every new outlook, from any thread."""

    def __init__(
        self,
        folder: Path,
        database: SqliteDatabase,
        *,
        connect: Connect,
        route: Callable[[], str],
        clock: Clock,
        new_id: NewId,
        pull_every: float,
        tell: Callable[[said.Outlook], object],
    ) -> None:
        """`route` gives the address this machine would send from; `pull_every` is in seconds."""
        self._database = database
        self._clock = clock
        self._tell = tell
        self._documents = Documents(database)
        self._preferences = Preferences(database)
        self._keeper = SessionKeeper(
            speaker=connect(), settings=StoredSettings(database), clock=clock, new_nonce=new_id
        )
        self._uploader = self._make_uploader(folder, connect)
        self._make_agent(folder, connect, route, new_id, pull_every)
        self._pictures_wanted = threading.Event()
        self._uploader.start()
        self._agent.start()

    def now(self) -> None:
        self._agent.sync_now()

    def everything(self) -> None:
        self._agent.sync_now(whole=True)

    def media(self) -> None:
        self._pictures_wanted.set()
        self._agent.sync_now()

    def submitted(self) -> None:
        self._tell(self._outlook(self._conductor.status))
        self._uploader.nudge()
        self._agent.nudge()

    def switched(self) -> None:
        self._agent.nudge()

    def stop(self) -> None:
        self._uploader.stop()
        self._agent.stop()

    def _make_uploader(self, folder: Path, connect: Connect) -> Uploader:
        return Uploader(
            Sender(
                outbox=Outbox(self._database, self._clock),
                connect=lambda: SignedIn(connect(), self._keeper).post_documents,
                server=lambda: self._keeper.server,
                may_send=lambda: self._conductor.online,
                lock=FolderLock(folder / SENDER_LOCK),
                clock=self._clock,
                jitter=random.uniform,
                on_change=self._sender_told,
            )
        )

    def _make_agent(
        self, folder: Path, connect: Connect, route: Callable[[], str], new_id: NewId, pull_every: float
    ) -> None:
        client = connect()
        signed_in = SignedIn(client, self._keeper)
        files = ReplicaFiles(folder)
        refresh = Refresh(
            feed=signed_in,
            files=files,
            tell=self._progressed,
            cancelled=lambda: self._agent.stopping or self._preferences.offline,
            monotonic=self._clock.monotonic,
        )
        pictures = Pictures(
            signed_in.media,
            folder,
            tell=refresh.tell,
            cancelled=refresh.cancelled,
            monotonic=self._clock.monotonic,
        )
        hearing = Hearing(DocumentFeed(self._database, self._clock), signed_in.document_changes)
        self._conductor = Conductor(
            look=Probe(ping=client.ping, server=lambda: self._keeper.server, clock=self._clock, new_nonce=new_id).look,
            steps=Steps(
                send=lambda: self._uploader.send_and_wait(SENDING_TIME),
                hear=hearing.run,
                pull=lambda whole: self._pull(refresh, pictures, whole=whole),
            ),
            wishes=Wishes(
                offline=lambda: self._preferences.offline,
                signed_in=lambda: bool(self._keeper.facts and self._keeper.facts.refresh_token),
                pulls_by_itself=lambda: self._preferences.incremental or files.current() is None,
                pull_every=pull_every,
            ),
            counts=self._documents.counts,
            clock=self._clock,
            jitter=random.uniform,
            on_status=self._told,
            on_synced=self._synced,
            last_sync=last_sync(self._database),
        )
        self._agent = Agent(
            self._conductor,
            route_changed=RouteWatcher(route).changed,
            on_route_change=client.close,
            close=self._hang_up,
        )

    def _pull(self, refresh: Refresh, pictures: Pictures, *, whole: bool) -> None:
        refresh.run(whole=whole)
        set_setting(self._database, COMPLETE, self._now())
        if self._pictures_wanted.is_set():
            pictures.run()
            self._pictures_wanted.clear()

    def _progressed(self, progress: Progress) -> None:
        self._conductor.progress(progress)

    def _told(self, status: SyncStatus) -> None:
        self._tell(self._outlook(status))

    def _hang_up(self) -> None:
        self._database.close()

    def _synced(self, _: object) -> None:
        set_setting(self._database, LAST_SYNC, self._now())

    def _now(self) -> str:
        return str(milliseconds(self._clock.now()))

    def _sender_told(self, summary: Summary) -> None:
        self._conductor.sending(now=summary.sending)
        if summary.stopped_by is not None:
            self._agent.doubt()

    def _outlook(self, status: SyncStatus) -> said.Outlook:
        counts = self._documents.counts()
        return said.Outlook(
            mood=_mood(status),
            words=str(status.connectivity),
            detail=status.trouble or status.sight.words,
            synced_at=status.last_sync,
            waiting=status.waiting,
            sent=counts.get(State.DELIVERED, 0),
            confirmed=counts.get(State.CONFIRMED, 0),
            attention=status.attention,
            trouble=self._newest_trouble() if status.attention else "",
            progress=_progress(status.progress),
        )

    def _newest_trouble(self) -> str:
        refused = self._documents.page(states=frozenset({State.REFUSED}), limit=1)
        return f"{refused[0].number} {refused[0].words}" if refused else ""


def last_sync(database: SqliteDatabase) -> datetime | None:
    """When a sync last came to its end on this machine."""
    stored = setting(database, LAST_SYNC)
    return moment(int(stored)) if stored else None


def _mood(status: SyncStatus) -> said.Mood:
    match status.connectivity:
        case Connectivity.ONLINE:
            return said.Mood.ONLINE
        case Connectivity.OFFLINE_CHOSEN | Connectivity.NO_NETWORK:
            return said.Mood.OFFLINE
        case _:
            return said.Mood.ATTENTION


def _progress(progress: Progress | None) -> said.Progress | None:
    if progress is None:
        return None
    return said.Progress(
        what=str(progress.step),
        done=progress.done,
        total=progress.total,
        seconds_left=progress.seconds_left,
        bytes=progress.step in {Step.FETCHING, Step.UNPACKING, Step.PICTURES},
    )
