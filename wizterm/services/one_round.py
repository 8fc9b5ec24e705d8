"""One round with the company, without a screen: send, hear, fetch, and say what it came to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from wizterm.domain.document import UNSENT
from wizterm.queue.sender import Summary
from wizterm.services.errands import Connect, Errands
from wizterm.services.machine import Machine
from wizterm.sync.progress import Progress
from wizterm.sync.status import SyncStatus


class OpenElsewhereError(Exception):
    """A terminal has the folder open, and talks to the company by itself."""


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What a round came to."""

    complete: bool
    """Whether everything was done that a round does."""
    connectivity: str
    words: str
    """Why it was not, or what the server said."""
    sent: int
    refused: int
    waiting: int
    attention: int
    synced_at: datetime | None


class OneRound:
    """Over a machine that no other terminal has open."""

    def __init__(self, machine: Machine, connect: Connect, progress: Callable[[Progress], None]) -> None:
        if machine.read_only:
            raise OpenElsewhereError(
                f"Another WizTerm has {machine.folder} open, and syncs it by itself: close it to sync here."
            )
        self._errands = Errands(
            machine.folder,
            machine.database,
            connect=connect,
            clock=machine.clock,
            new_id=machine.new_id,
            progress=progress,
            stopping=lambda: False,
        )
        self._sent = Summary(sending=False, unsent=0)
        self._status = SyncStatus()
        self._ended = False
        self._sender = self._errands.sender(
            may_send=lambda: self._conductor.online,
            epoch=lambda: self._conductor.status.sight.epoch,
            on_change=self._count,
        )
        self._conductor = self._errands.conductor(
            send=self._send, pull_every=0.0, on_status=self._see, on_synced=self._come_to_its_end
        )

    def run(self) -> RoundReport:
        with closing(self._errands.client):
            self._conductor.once(pull=True)
        status = self._status
        counts = self._errands.documents.counts()
        stopped = self._sent.words if self._sent.stopped_by is not None else ""
        left = self._left_behind()
        return RoundReport(
            complete=self._ended and not (stopped or left),
            connectivity=str(status.connectivity),
            words=stopped or status.trouble or self._errands.notice() or status.sight.words or left,
            sent=self._sent.delivered,
            refused=self._sent.refused,
            waiting=sum(counts.get(state, 0) for state in UNSENT),
            attention=self._errands.documents.attention(),
            synced_at=status.last_sync,
        )

    def _send(self) -> str:
        self._sender.once()
        return self._sender.stopped

    def _left_behind(self) -> str:
        """Why the oldest document that might have gone is still here; what is held was not to go."""
        waiting = self._errands.documents.page(states=UNSENT)
        left = [each for each in waiting if not each.held]
        return f"{left[-1].number} could not be sent. {left[-1].words}".strip() if left else ""

    def _count(self, summary: Summary) -> None:
        self._sent = summary

    def _come_to_its_end(self) -> None:
        self._ended = True

    def _see(self, status: SyncStatus) -> None:
        self._status = status
