"""What is only ever counted: kept in this process for a moment, then added to the store's sums.

So the sums are those of all processes, and outlive each; one that is killed takes its last seconds with it.
"""

from __future__ import annotations

import threading
from collections import Counter as Counts

from wizterm.server.store.base import rows
from wizterm.server.store.ledger import Tally
from wizterm.server.store.store import Store

REFUSALS = "refusals"
"""Documents that intake refused, by code."""
PROBLEMS = "problems"
"""Calls that were answered with a problem, by code."""
CALLS = "calls"
"""All calls, by status."""
FLUSH_SECONDS = 5.0
LONGEST_LABEL = 60


class Tallies:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._waiting: Counts[tuple[str, str]] = Counts()

    def add(self, name: str, label: str, count: int = 1) -> None:
        """From any thread, without a look at the store: a flood of refusals writes no more than a single one."""
        with self._lock:
            self._waiting[name, label[:LONGEST_LABEL]] += count

    def flush(self) -> None:
        """Add what was counted since to the sums; what cannot be written now is kept."""
        with self._lock:
            taken, self._waiting = self._waiting, Counts()
        if not taken:
            return
        try:
            self._store.again(lambda: self._write(taken))
        except Exception:
            with self._lock:
                self._waiting += taken
            raise

    def sums(self) -> dict[tuple[str, str], int]:
        """By name and label, of all processes."""
        with self._store.reading():
            return {
                (name, label): value for name, label, value in rows(Tally.select(Tally.name, Tally.label, Tally.value))
            }

    def step(self) -> bool:
        self.flush()
        return False

    def rest(self) -> float:
        return FLUSH_SECONDS

    def _write(self, taken: Counts[tuple[str, str]]) -> None:
        with self._store.writing():
            for (name, label), count in sorted(taken.items()):
                Tally.insert(name=name, label=label, value=count).on_conflict(
                    conflict_target=[Tally.name, Tally.label], update={Tally.value: Tally.value + count}
                ).execute()
