"""The store on SQLite: one file, for one machine. All that only SQLite knows is said here."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peewee import DatabaseError, OperationalError, PeeweeException, SqliteDatabase

from wizterm.locking import alone
from wizterm.server.store.engine import Alone
from wizterm.server.store.founding import found
from wizterm.server.store.migrating import migrate
from wizterm.server.store.store import Store, StoreError

FILE_NAME = "server.db"
OPENING_LOCK, IMPORTS_LOCK = "opening.lock", "imports.lock"
"""The first is held while the store is opened: SQLite does not wait where two turn a new file's journal into a log."""
PATIENCE = 30.0
"""Seconds a writer waits for another, such as a large import."""
PRAGMAS = {"journal_mode": "wal", "synchronous": "full", "fullfsync": 1, "foreign_keys": 1, "cache_size": -64_000}


class _File(SqliteDatabase):
    """Remembers its connections (one for each thread), so that closing closes them all."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), pragmas=PRAGMAS, timeout=PATIENCE, lock_type="IMMEDIATE", check_same_thread=False)
        self.path = path
        self._opened: list[sqlite3.Connection] = []
        self._opening = threading.Lock()

    def _connect(self) -> Any:
        connection = super()._connect()  # type: ignore[misc]  # the stubs leave it out
        with self._opening:
            self._opened.append(connection)
        return connection

    def rollback(self) -> None:
        """Where there is something to roll back: after a full disk SQLite has done so itself."""
        if self.connection().in_transaction:  # type: ignore[no-untyped-call]  # Peewee gives it no types
            super().rollback()

    def close_all(self) -> None:
        self.close()
        with self._opening:
            for connection in self._opened:
                connection.close()
            self._opened.clear()


@dataclass(frozen=True, slots=True)
class _Sqlite:
    database: _File
    reading = ("DEFERRED",)
    writing = ("IMMEDIATE",)
    pooled = False
    meanwhile = 0
    copies = True
    _turns: threading.RLock = field(default_factory=threading.RLock)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One after the other at once: SQLite itself lets who waits look again ever more seldom, up to 100 ms apart."""
        if not self._turns.acquire(timeout=PATIENCE):
            raise OperationalError("database is locked")
        try:
            yield
        finally:
            self._turns.release()

    @contextmanager
    def import_turn(self) -> Iterator[None]:
        """Before the transaction begins: whoever waits for that gives up after a while."""
        with alone(self.database.path.with_name(IMPORTS_LOCK)):
            yield

    def alone(self, what: Alone) -> None:
        """A transaction that may write is the only one."""

    def may_succeed_again(self, _: Exception) -> bool:
        """Writers wait for each other at their beginning, and nothing else passes by itself."""
        return False

    def make_ready(self) -> None:
        """A file is opened in no time."""

    def close(self) -> None:
        self.database.close_all()


def open_file(folder: Path) -> Store:
    """The store in this folder, made if there is none, brought to this program's layout."""
    _make(folder)
    path = folder / FILE_NAME
    engine = _Sqlite(_File(path))
    store = Store(engine)
    try:
        with alone(folder / OPENING_LOCK):
            migrate(engine)
            found(store)
    except StoreError:
        store.close()
        raise
    except (OSError, OperationalError, sqlite3.OperationalError) as error:
        store.close()
        raise StoreError(sentence(path, error)) from error
    except (DatabaseError, PeeweeException, sqlite3.DatabaseError) as error:
        store.close()
        raise StoreError(f"{path} is no store of this program: {error}. Move it away, or restore a backup.") from error
    return store


def sentence(path: Path, error: Exception) -> str:
    if "full" in str(error) or "I/O" in str(error):
        return f"{path} cannot be written: {error}. Free some space, then try again."
    return f"{path} cannot be used: {error}. Give this user the right to write in {path.parent}."


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be made: {error.strerror}. Choose another with --folder.") from error
