"""Slowing down whoever guesses passwords. The counts are in the store, and every process of the server goes by them."""

from __future__ import annotations

from peewee import EXCLUDED

from wizterm.domain.clock import Clock, milliseconds
from wizterm.server.store.base import rows
from wizterm.server.store.people import FailedSignIns
from wizterm.server.store.store import Store

MOST_FAILURES = 10
MOST_FROM_ADDRESS = 100
"""Whatever names they try: a whole trade show may share one address, a guesser of names has a thousand."""
ANYBODY = ""
"""Stands for the name where an address is counted."""
WINDOW = 300.0
"""Seconds from the first of the failures that count."""
_WINDOW_MS = round(WINDOW * 1000)


class Throttle:
    """Counts failures by name and address, and by address alone."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def wait(self, name: str, address: str) -> float:
        """Seconds until another try is allowed; zero where it is now."""
        now = milliseconds(self._clock.now())
        with self._store.reading():
            counted = rows(
                FailedSignIns.select(FailedSignIns.name, FailedSignIns.count, FailedSignIns.since).where(
                    FailedSignIns.name.in_([name, ANYBODY]) & (FailedSignIns.address == address)
                )
            )
        most = {name: MOST_FAILURES, ANYBODY: MOST_FROM_ADDRESS}
        ends = [since + _WINDOW_MS for who, count, since in counted if count >= most[who] and since <= now]
        return max(0.0, (max(ends, default=now) - now) / 1000)

    def failed(self, name: str, address: str) -> None:
        """One more; who has failed long ago begins anew, and the table keeps nobody longer than that."""
        now = milliseconds(self._clock.now())
        with self._store.writing():
            over = (FailedSignIns.since <= now - _WINDOW_MS) | (FailedSignIns.since > now)
            FailedSignIns.delete().where(over).execute()
            more = [{"name": who, "address": address, "count": 1, "since": now} for who in sorted({name, ANYBODY})]
            FailedSignIns.insert_many(more).on_conflict(
                conflict_target=[FailedSignIns.name, FailedSignIns.address],
                update={FailedSignIns.count: FailedSignIns.count + EXCLUDED.count},
            ).execute()

    def succeeded(self, name: str, address: str) -> None:
        """Asked first: nearly every sign-in has nothing to forget, and then writes nothing."""
        with self._store.reading():
            known = FailedSignIns.select().where(_of(name, address)).exists()
        if known:
            with self._store.writing():
                FailedSignIns.delete().where(_of(name, address)).execute()


def _of(name: str, address: str) -> object:
    return (FailedSignIns.name == name) & (FailedSignIns.address == address)
