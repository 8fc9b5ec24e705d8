"""Pulling one kind of rows after the other, when it is due or when somebody asks; never two processes at one kind."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from wizterm.connectors.pulling import CatalogueSource, Page, Pull, PullError
from wizterm.domain.clock import Clock, milliseconds, moment
from wizterm.server.importing.faults import SHOWN, ImportRefusedError
from wizterm.server.pulling.placing import Placed, place_page
from wizterm.server.store.base import rows
from wizterm.server.store.store import Store
from wizterm.server.store.translating import Pulled

_log = logging.getLogger(__name__)
LEASE_MS = 10 * 60_000
"""A page is read and placed within this time; who is later is taken for dead."""
RETRY_MS = 60_000
"""After a failure, where the next time would be later."""


class BusyError(Exception):
    """Another process is at it."""


@dataclass(slots=True)
class Brought:
    """What one pull came to."""

    read: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    """What was wrong with rows that could not be taken."""


@dataclass(frozen=True, slots=True)
class Standing:
    what: Pull
    done_at: datetime | None
    """When it came to its end last."""
    words: str
    """What went wrong since; empty where nothing did."""
    left_out: tuple[str, ...]
    """What was wrong with rows that could not be taken."""


Progress = Callable[[Pull, Brought], None]


class Puller:
    def __init__(self, store: Store, source: CatalogueSource, *, clock: Clock, minutes: int) -> None:
        """Looks every so many minutes; never by itself where they are 0."""
        self._store = store
        self._source = source
        self._clock = clock
        self._every = minutes * 60_000
        self._kinds = [what for what in Pull if what in source.pulls]

    def step(self) -> bool:
        """Pull a page of the first kind that is due; whether there was one."""
        if not self._every:
            return False
        what = next((each for each, at in self._due() if at <= self._now()), None)
        if what is None:
            return False
        try:
            lease, cursor = self._claim(what)
            self._place(what, lease, self._page(what, lease, cursor), Brought(), hold=False)
        except (PullError, BusyError) as error:
            _log.warning("pulling %s: %s", what, error)
        return True

    def rest(self) -> float:
        """Seconds until one is due."""
        if not self._every or not self._kinds:
            return float("inf")
        return max(0.0, (min(at for _, at in self._due()) - self._now()) / 1000)

    def standing(self) -> tuple[Standing, ...]:
        """How each kind fared last."""
        with self._store.reading():
            wanted = Pulled.select(Pulled.what, Pulled.done_at, Pulled.words, Pulled.left_out)
            found = {row[0]: row[1:] for row in rows(wanted)}
        blank = (0, "", "")
        return tuple(
            Standing(what, moment(done_at) if done_at else None, words, tuple(left_out.splitlines()))
            for what, (done_at, words, left_out) in ((what, found.get(what, blank)) for what in self._kinds)
        )

    def pull(
        self,
        what: Pull,
        progress: Progress = lambda _what, _brought: None,
        *,
        afresh: bool = False,
        beside: Callable[[], None] = lambda: None,
    ) -> Brought:
        """To the end. Raises `PullError` where that fails: what came before stays, and the next time goes on there.

        `beside` writes what is to commit with its beginning.
        """
        if what not in self._kinds:
            raise PullError(f"The connector cannot give {what}: load a file of them.")
        lease, cursor = self._claim(what, beside)
        brought, more = Brought(), True
        cursor = "" if afresh else cursor
        while more:
            page = self._page(what, lease, cursor)
            lease = self._place(what, lease, page, brought, hold=page.more)
            cursor, more = page.cursor, page.more
            progress(what, brought)
        return brought

    def _claim(self, what: Pull, beside: Callable[[], None] = lambda: None) -> tuple[int, str]:
        """Until when it is ours, and from where to go on."""
        now = self._now()
        with self._store.writing():
            Pulled.insert(what=what).on_conflict_ignore().execute()
            over = (Pulled.lease_until <= now) | (Pulled.lease_until > now + LEASE_MS)
            free = (Pulled.what == what) & over
            if not Pulled.update(lease_until=now + LEASE_MS).where(free).execute():
                raise BusyError(f"Another process is pulling {what}: look again in a while.")
            beside()
            (cursor,) = rows(Pulled.select(Pulled.cursor).where(Pulled.what == what))[0]
        return now + LEASE_MS, cursor

    def _page(self, what: Pull, lease: int, cursor: str) -> Page:
        """With no transaction open, however long it takes."""
        try:
            return self._source.pull(what, cursor)
        except PullError as error:
            self._failed(what, lease, str(error))
            raise
        except Exception as error:
            words = f"The connector failed: {type(error).__name__}: {error}"
            self._failed(what, lease, words)
            raise PullError(words) from error

    def _place(self, what: Pull, lease: int, page: Page, brought: Brought, *, hold: bool) -> int:
        """The rows and the cursor behind them, together; gives the new end of the lease."""
        try:
            return self._store.again(lambda: self._commit(what, lease, page, brought, hold=hold))
        except PullError as error:
            self._failed(what, lease, str(error))
            raise
        except ImportRefusedError as error:
            self._failed(what, lease, str(error))
            raise PullError(f"What the ERP says of {what} cannot be taken.\n{error}") from error

    def _commit(self, what: Pull, lease: int, page: Page, brought: Brought, *, hold: bool) -> int:
        now = self._now()
        until = now + LEASE_MS if hold else 0
        with self._store.importing() as writing:
            placed = place_page(writing, page, now)
            step: dict[str, object] = {"cursor": page.cursor, "lease_until": until, "next_at": now, "words": ""}
            step |= {"left_out": "\n".join(self._left_out(what, placed)), "under_way": page.more}
            if not page.more:
                step |= {"done_at": now, "next_at": now + self._every}
            if not Pulled.update(step).where((Pulled.what == what) & (Pulled.lease_until == lease)).execute():
                raise BusyError(f"Another process went on with {what}.")
        brought.read.update(placed.loaded.read)
        brought.changed.update(placed.loaded.changed)
        brought.left_out += placed.left_out
        return until

    def _left_out(self, what: Pull, placed: Placed) -> list[str]:
        """Of the whole walk so far, as many as a person reads."""
        ((before, under_way),) = rows(Pulled.select(Pulled.left_out, Pulled.under_way).where(Pulled.what == what))
        return [*(before.splitlines() if under_way else ()), *placed.left_out][:SHOWN]

    def _failed(self, what: Pull, lease: int, words: str) -> None:
        """The cursor stays where it was."""
        next_at = self._now() + min(self._every or RETRY_MS, RETRY_MS)
        with self._store.writing():
            Pulled.update(lease_until=0, next_at=next_at, words=words).where(
                (Pulled.what == what) & (Pulled.lease_until == lease)
            ).execute()

    def _due(self) -> list[tuple[Pull, int]]:
        """When each may begin: not while another process is at it, and at once where a clock was ahead.

        Without those that refer to one which is under way, or has neither come nor failed yet: they would miss it.
        """
        with self._store.reading():
            wanted = Pulled.select(Pulled.what, Pulled.next_at, Pulled.lease_until, Pulled.done_at, Pulled.words)
            found = {what: of_it for what, *of_it in rows(wanted)}
        now, due = self._now(), []
        for what in self._kinds:
            next_at, lease, done_at, words = found.get(what, (0, 0, 0, ""))
            at = max(next_at, lease)
            at = at if at <= now + max(self._every, LEASE_MS) else 0
            due.append((what, at))
            if (lease > now and at) or not (done_at or words):
                break
        return due

    def _now(self) -> int:
        return milliseconds(self._clock.now())
