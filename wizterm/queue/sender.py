"""Deciding when a round runs, and how long to rest after it. No thread: whoever calls, waits."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from wizterm.db.locks import FolderLock
from wizterm.db.outbox import Outbox
from wizterm.db.replay import Replay
from wizterm.domain.clock import Clock
from wizterm.protocol.backoff import LONGEST, Backoff, Jitter
from wizterm.queue.outcomes import RULES, Then, Trouble
from wizterm.queue.round import Post, Round, Tally
from wizterm.queue.sendable import Sendable

LONGEST_TOLD: Final = 3600.0
"""A server that asks for more patience than this is asked again anyway."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Summary:
    """How sending stands."""

    sending: bool
    unsent: int
    delivered: int = 0
    """In this round."""
    refused: int = 0
    stopped_by: Trouble | None = None
    words: str = ""
    """Why the round stopped."""


class Sender:
    def __init__(
        self,
        *,
        outbox: Outbox,
        replay: Replay,
        epoch: Callable[[], str],
        connect: Callable[[], Post],
        server: Callable[[], str],
        may_send: Callable[[], bool],
        lock: FolderLock,
        clock: Clock,
        jitter: Jitter,
        on_change: Callable[[Summary], None],
    ) -> None:
        """`connect` is called once, by the thread that sends; `server` gives the stored id, empty before sign-in.

        `epoch` gives the server's, as it was last seen.
        """
        self._outbox = outbox
        self._replay = replay
        self._epoch = epoch
        self._connect = connect
        self._server = server
        self._may_send = may_send
        self._lock = lock
        self._clock = clock
        self._backoff = Backoff(jitter)
        self._on_change = on_change
        self._post: Post | None = None
        self._not_before = 0.0
        self.stopped = ""
        """Why the last round had to stop; empty where it had not."""

    def once(self, go_on: Callable[[], bool] = lambda: True) -> float | None:
        """Send what may be sent now. Gives the seconds to rest; None until something happens."""
        if not (self._may_send() and self._server()):
            return None
        if (rest := self._not_before - self._clock.monotonic()) > 0:
            return rest
        if not self._lock.acquire():
            return LONGEST
        try:
            return self._rest_after(self._round(go_on))
        finally:
            self._lock.release()

    def recover(self) -> None:
        """At start: what a crash left on its way waits again, unless another process is sending just now."""
        if self._lock.acquire():
            try:
                self._outbox.recover()
            finally:
                self._lock.release()

    def failed(self) -> float:
        """The rest after a fault of our own; the next round takes up what this one left."""
        _LOG.exception("A round of sending ended with a fault of this program; it is tried again.")
        return self._backoff.next()

    def close(self) -> None:
        self._outbox.close()

    def _round(self, go_on: Callable[[], bool]) -> Tally:
        self._outbox.recover()
        if self._post is None:
            self._post = self._connect()
        self._replay.notice(self._epoch())
        forgotten = self._send(self._replay, self._post, go_on)
        tally = self._send(self._outbox, self._post, go_on) if forgotten.stopped_by is None else forgotten
        self.stopped = tally.words if tally.stopped_by is not None else ""
        self._tell(tally, sending=False)
        return tally

    def _send(self, queue: Sendable, post: Post, go_on: Callable[[], bool]) -> Tally:
        return Round(
            queue,
            post,
            self._server(),
            go_on=lambda: go_on() and self._may_send(),
            told=lambda tally: self._tell(tally, sending=True),
        ).run()

    def _rest_after(self, tally: Tally) -> float | None:
        if tally.told_to_rest is not None:
            rest = min(tally.told_to_rest, LONGEST_TOLD)
            self._not_before = self._clock.monotonic() + rest
            return rest
        if tally.stopped_by is not None:
            return None if RULES[tally.stopped_by].then is Then.ASK else self._backoff.next()
        self._backoff.reset()
        return self._until_next_try()

    def _until_next_try(self) -> float | None:
        moments = [at for at in (self._outbox.next_try(), self._replay.next_try()) if at is not None]
        return max(0.1, (min(moments) - self._clock.now()).total_seconds()) if moments else None

    def _tell(self, tally: Tally, *, sending: bool) -> None:
        self._on_change(
            Summary(
                sending=sending,
                unsent=self._outbox.unsent(),
                delivered=tally.delivered,
                refused=tally.refused,
                stopped_by=tally.stopped_by,
                words=tally.words,
            )
        )
