"""A process that dies at any step: before or after any statement, any commit, any answer."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from peewee import SqliteDatabase

from wizterm.db.device import DeviceDatabase
from wizterm.db.locks import FolderLock
from wizterm.server.store.sqlite import _File as StoreFile

MOST_STEPS = 150
"""A process that is to die anywhere does so within so many statements."""
MOST_WRITES = 12
"""One that is to die between two writes of the paperwork does so within so many of these: about one order's."""
BETWEEN_WRITES = 0.75
"""Share of the deaths: what belongs together is torn there, if anywhere."""
_PAPERWORK = re.compile(
    r'\s*(INSERT INTO|UPDATE|DELETE FROM) "?(documents?|document_events?|outbox|replay|handovers?|deliveries)\b',
    re.IGNORECASE,
)


class DiedError(BaseException):
    """Nobody catches it: the process is gone."""

    def __init__(self, who: str) -> None:
        super().__init__(who)
        self.who = who


@dataclass
class Deaths:
    """Who is to die, and after how many steps; whoever is not named lives on."""

    _anywhere: dict[str, int] = field(default_factory=dict)
    _between_writes: dict[str, int] = field(default_factory=dict)
    _dead: set[str] = field(default_factory=set)
    _locks: list[FolderLock] = field(default_factory=list)
    _connections: dict[str, list[sqlite3.Connection]] = field(default_factory=dict)

    def doom(self, who: str, chance: Random) -> None:
        if chance.random() < BETWEEN_WRITES:
            self._between_writes[who] = chance.randint(1, MOST_WRITES)
        else:
            self._anywhere[who] = chance.randint(1, MOST_STEPS)

    def spare(self, *who: str) -> None:
        """They live on after all; where nobody is named, all."""
        for left in (self._anywhere, self._between_writes):
            for each in who or tuple(left):
                left.pop(each, None)

    def step(self, who: str) -> None:
        """The dead take no more steps: what a `finally` would still do, a killed process does not."""
        if who in self._dead:
            raise DiedError(who)
        self._count(self._anywhere, who)

    def wrote(self, who: str, statement: str) -> None:
        if _PAPERWORK.match(statement):
            self._count(self._between_writes, who)

    def buried(self, who: str) -> None:
        """What the kernel does for a process that is gone: locks and files are free, and another may be started."""
        self._dead.discard(who)
        for connection in self._connections.pop(who, []):
            with suppress(sqlite3.ProgrammingError):  # it was closed before
                connection.rollback()
            connection.close()
        for lock in [lock for lock in self._locks if lock._path.parent.name == who]:
            lock.release()
            self._locks.remove(lock)

    @contextmanager
    def possible(self) -> Iterator[None]:
        """In this block, every statement and commit of the shipped stores is a step of whoever has the file open."""

        def connect(database: SqliteDatabase, connect=SqliteDatabase._connect) -> Any:
            if not isinstance(database, DeviceDatabase | StoreFile):
                return connect(database)
            who = Path(database.database).parent.name
            database.connect_params["factory"] = self._mortal(who)
            self._connections.setdefault(who, []).append(connection := connect(database))
            return connection

        with (
            patch.object(SqliteDatabase, "_connect", connect),
            patch.object(FolderLock, "acquire", self._noting(FolderLock.acquire)),
        ):
            yield

    def _count(self, left: dict[str, int], who: str) -> None:
        if who not in left:
            return
        left[who] -= 1
        if left[who] <= 0:
            self._anywhere.pop(who, None)
            self._between_writes.pop(who, None)
            self._dead.add(who)
            raise DiedError(who)

    def _mortal(self, who: str) -> type[sqlite3.Connection]:
        """Connections of this process, whose statements and commits are its steps."""

        class Cursor(sqlite3.Cursor):
            def execute(self, statement: str, /, *values: Any) -> sqlite3.Cursor:
                return stepped(super().execute, statement, *values)

            def executemany(self, statement: str, values: Any, /) -> sqlite3.Cursor:
                return stepped(super().executemany, statement, values)

        class Connection(sqlite3.Connection):
            def cursor(self, factory: type[sqlite3.Cursor] = Cursor) -> sqlite3.Cursor:
                return super().cursor(factory)

        def stepped(call: Any, statement: str, *values: Any) -> Any:
            self.step(who)
            result = call(statement, *values)
            self.step(who)
            self.wrote(who, statement)
            return result

        return Connection

    def _noting(self, acquire: Any) -> Any:
        @wraps(acquire)
        def noted(lock: FolderLock) -> bool:
            self._locks.append(lock)
            return acquire(lock)

        return noted
