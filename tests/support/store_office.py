"""The office of a test: loads CSV texts and sets up reps in a server's store, as `wizterm admin` does."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from argon2 import PasswordHasher

from wizterm.domain.clock import Clock, SystemClock
from wizterm.domain.ids import uuid7
from wizterm.server.deciding import Actor, Deciding
from wizterm.server.importing.loading import Loaded, load
from wizterm.server.passwords import Passwords
from wizterm.server.reps import Reps
from wizterm.server.store.store import Store

QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""Hashes at no cost worth naming; the hash says so itself, so any server can check it."""
PASSWORD = "open sesame"


def decided_here(store: Store, clock: Clock | None = None) -> Deciding:
    """Decisions of somebody on the server's own host."""
    return Deciding(store, Actor("Tess"), clock=clock or SystemClock(), new_id=uuid7)


class StoreOffice:
    def __init__(self, store: Store, clock: Clock | None = None) -> None:
        self._store = store
        self._clock = clock or SystemClock()
        self.reps = Reps(store, decided_here(store, clock), QUICK)

    def rep(self, code: str, *lists: str) -> None:
        self.reps.add(code, f"{code.title()} of Sales", PASSWORD, lists)

    def load(self, *, replace: bool = False, dry_run: bool = False, **kinds: str) -> Loaded:
        """Each kind's file as text."""
        with TemporaryDirectory() as folder:
            paths = [Path(folder) / f"{kind}.csv" for kind in kinds]
            for path, text in zip(paths, kinds.values(), strict=True):
                path.write_text(text, encoding="utf-8")
            return load(self._store, paths, clock=self._clock, replace=replace, dry_run=dry_run)
