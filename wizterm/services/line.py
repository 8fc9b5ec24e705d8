"""The line to the company: the thread that sends, the thread that keeps in touch, and what they tell the rep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from peewee import SqliteDatabase

from wizterm.db.picture_files import MOST_BYTES
from wizterm.domain.clock import Clock
from wizterm.domain.document import State
from wizterm.domain.ids import NewId
from wizterm.domain.product import Stock
from wizterm.queue.sender import Summary
from wizterm.queue.uploader import Uploader
from wizterm.services import outlook as said
from wizterm.services.errands import Connect, Errands
from wizterm.sync.agent import Agent
from wizterm.sync.connectivity import Connectivity
from wizterm.sync.progress import Progress, Step
from wizterm.sync.route import RouteWatcher
from wizterm.sync.status import SyncStatus

SENDING_TIME = 600.0
"""Seconds a round waits for the queue to empty before it goes on to what comes down."""


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
        picture_bytes: int = MOST_BYTES,
    ) -> None:
        """`route` gives the address this machine would send from; `pull_every` is in seconds."""
        self._database = database
        self._tell = tell
        self._errands = Errands(
            folder,
            database,
            connect=connect,
            clock=clock,
            new_id=new_id,
            progress=self._progressed,
            stopping=lambda: self._agent.stopping,
            picture_bytes=picture_bytes,
        )
        self._documents = self._errands.documents
        self._sender = self._errands.sender(
            may_send=lambda: self._conductor.online,
            epoch=lambda: self._conductor.status.sight.epoch,
            on_change=self._sender_told,
        )
        self._uploader = Uploader(self._sender)
        self._conductor = self._errands.conductor(send=self._send, pull_every=pull_every, on_status=self._told)
        self._agent = Agent(
            self._conductor,
            route_changed=RouteWatcher(route).changed,
            on_route_change=self._errands.client.close,
            close=self._hang_up,
        )
        self._uploader.start()
        self._agent.start()

    def now(self) -> None:
        self._agent.sync_now()

    def everything(self) -> None:
        self._agent.sync_now(whole=True)

    def media(self) -> None:
        self._errands.pictures_wanted.set()
        self._agent.sync_now()

    def submitted(self) -> None:
        self._tell(self._outlook(self._conductor.status))
        self._uploader.nudge()
        self._agent.nudge()

    def switched(self) -> None:
        self._agent.nudge()

    def live_stock(self, sku: str) -> Stock | None:
        return self._errands.live_stock(sku)

    def hand_over(self) -> tuple[str, ...]:
        return self._errands.hand_over()

    def stop(self) -> None:
        self._uploader.stop()
        self._agent.stop()

    def _send(self) -> str:
        ended = self._uploader.send_and_wait(SENDING_TIME)
        return self._sender.stopped if ended else "Not everything has been sent yet."

    def _progressed(self, progress: Progress) -> None:
        self._conductor.progress(progress)

    def _told(self, status: SyncStatus) -> None:
        self._tell(self._outlook(status))

    def _hang_up(self) -> None:
        self._database.close()

    def _sender_told(self, summary: Summary) -> None:
        self._conductor.sending(now=summary.sending)
        if summary.stopped_by is not None:
            self._agent.doubt()

    def _outlook(self, status: SyncStatus) -> said.Outlook:
        counts = self._documents.counts()
        attention = self._documents.attention()
        return said.Outlook(
            mood=_mood(status),
            words=str(status.connectivity),
            detail=status.trouble or self._errands.notice() or status.sight.words,
            synced_at=status.last_sync,
            waiting=status.waiting,
            sent=counts.get(State.DELIVERED, 0),
            confirmed=counts.get(State.CONFIRMED, 0),
            attention=attention,
            trouble=self._newest_trouble() if attention else "",
            progress=_progress(status.progress),
        )

    def _newest_trouble(self) -> str:
        found = self._documents.page(attention=True, limit=1)
        return f"{found[0].number} {found[0].words}" if found else ""


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
