"""What happens when the company can be reached, in which order, and when to look again. Whoever calls, waits."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from wizterm.domain.clock import Clock
from wizterm.domain.document import UNSENT, State
from wizterm.protocol.backoff import IDLE, Backoff, Jitter
from wizterm.protocol.faults import NotOurServerError, UnreachableError
from wizterm.protocol.problem import ProblemError
from wizterm.sync.connectivity import Connectivity, Sight, sight_of
from wizterm.sync.fetch import CancelledError
from wizterm.sync.progress import Progress
from wizterm.sync.refresh import FAILURES
from wizterm.sync.status import SyncStatus

SHORTEST_TELLING: Final = 0.2
"""Seconds between two tellings of progress."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Steps:
    """What a round is made of; each raises what the network can do."""

    send: Callable[[], str]
    """Everything that waits, and wait for the answers; gives why it had to stop before, empty where it had not."""
    hear: Callable[[], object]
    """What became of documents."""
    pull: Callable[[bool], object]
    """The catalogue: what changed, or (True) the whole."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the rep has set."""

    offline: Callable[[], bool]
    signed_in: Callable[[], bool]
    pulls_by_itself: Callable[[], bool]
    pull_every: float
    """Seconds."""


class Conductor:
    def __init__(
        self,
        *,
        look: Callable[[], Sight],
        steps: Steps,
        wishes: Wishes,
        counts: Callable[[], Mapping[State, int]],
        clock: Clock,
        jitter: Jitter,
        on_status: Callable[[SyncStatus], None],
        on_synced: Callable[[datetime], None],
        last_sync: datetime | None = None,
    ) -> None:
        """`on_status` is called from several threads."""
        self._look = look
        self._steps = steps
        self._wishes = wishes
        self._counts = counts
        self._clock = clock
        self._backoff = Backoff(jitter)
        self._pull_backoff = Backoff(jitter, first=60.0, longest=3600.0)
        self._answers_backoff = Backoff(jitter, longest=IDLE)
        self._unanswered = 0
        self._on_status = on_status
        self._on_synced = on_synced
        self._status = SyncStatus(last_sync=last_sync)
        self._pull_at = 0.0
        self._told_at = float("-inf")
        self._lock = threading.Lock()

    @property
    def status(self) -> SyncStatus:
        return self._status

    @property
    def online(self) -> bool:
        """Whether calls are worth making: what the sender asks before each batch."""
        return self._status.connectivity is Connectivity.ONLINE and not self._wishes.offline()

    def once(self, *, pull: bool = False, whole: bool = False) -> float | None:
        """Look, and do a round where the company can be reached. Gives seconds to the next look; None in Offline Mode.

        `pull` brings the catalogue down though it is not due yet.
        """
        if self._wishes.offline():
            self._see(Sight(Connectivity.OFFLINE_CHOSEN))
            return None
        before = self._status.connectivity
        self._see(self._seen())
        if self._status.connectivity is Connectivity.ONLINE:
            due = pull or whole or self._pull_is_due(reconnected=before is not Connectivity.ONLINE)
            self._round(pull=due, whole=whole)
        return self._rest()

    def sending(self, *, now: bool) -> None:
        """The sender began or ended; told from its own thread."""
        self._tell(sending=now)

    def progress(self, progress: Progress) -> None:
        """The catalogue moves on."""
        if self._clock.monotonic() - self._told_at < SHORTEST_TELLING and progress.part < 1:
            return
        self._told_at = self._clock.monotonic()
        self._tell(progress=progress)

    def _round(self, *, pull: bool, whole: bool) -> None:
        """Orders first: nothing that comes down is worth as much as what goes up."""
        try:
            unsent = self._steps.send()
            self._steps.hear()
            if pull:
                self._pull(whole=whole)
        except (UnreachableError, NotOurServerError) as error:
            self._see(sight_of(error))
        except ProblemError as error:
            self._refused(error)
        except FAILURES as error:
            self._tell(trouble=str(error))
        except CancelledError:
            return
        else:
            self._ended(unsent)
        finally:
            self._tell(progress=None)

    def _refused(self, problem: ProblemError) -> None:
        """A server that fails with one step is still reached: orders may go on."""
        sight = sight_of(problem)
        if sight.state is Connectivity.SIGN_IN_NEEDED:
            self._see(sight)
        else:
            self._tell(trouble=str(problem))

    def _pull(self, *, whole: bool) -> None:
        self._pull_at = self._clock.monotonic() + self._pull_backoff.next()
        self._steps.pull(whole)
        self._pull_backoff.reset()
        self._pull_at = self._clock.monotonic() + self._wishes.pull_every

    def _pull_is_due(self, *, reconnected: bool) -> bool:
        if not self._wishes.pulls_by_itself():
            return False
        return reconnected or self._clock.monotonic() >= self._pull_at

    def _seen(self) -> Sight:
        sight = self._look()
        if sight.state is Connectivity.ONLINE and not self._wishes.signed_in():
            return replace(sight, state=Connectivity.SIGN_IN_NEEDED)
        return sight

    def _rest(self) -> float:
        """Often while something waits for the company to be reached, else seldom, but in time for the next pull.

        What waits though the company is reached is the sender's to time. What was just delivered is asked after soon,
        for the ERP mostly answers at once, and then ever less often: it may also keep an order for days.
        """
        if self._status.waiting and not self.online:
            return self._backoff.next()
        self._backoff.reset()
        look = self._answers_backoff.next() if self.online and self._unanswered else IDLE
        if not (self.online and self._wishes.pulls_by_itself()):
            return look
        return min(look, max(1.0, self._pull_at - self._clock.monotonic()))

    def _ended(self, unsent: str) -> None:
        """A round that could not send is not called a sync, though all else was done."""
        if unsent:
            self._tell(trouble=unsent)
            return
        moment = self._clock.now()
        self._on_synced(moment)
        self._tell(last_sync=moment, trouble="")

    def _see(self, sight: Sight, trouble: str = "") -> None:
        if sight.state is not self._status.connectivity:
            _LOG.info("%s. %s", sight.state, sight.words)
        self._tell(sight=sight, trouble=trouble)

    def _tell(self, **changes: Any) -> None:
        """Change these parts of the status, count anew, and tell it; two threads may."""
        with self._lock:
            counts = self._counts()
            unanswered = counts.get(State.DELIVERED, 0)
            if unanswered > self._unanswered:
                self._answers_backoff.reset()
            self._unanswered = unanswered
            self._status = replace(
                self._status,
                waiting=sum(counts.get(state, 0) for state in UNSENT),
                **changes,
            )
            self._on_status(self._status)
