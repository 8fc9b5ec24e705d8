"""A process that dies at any step: before or after any statement, any commit, any answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from unittest.mock import patch

from wizterm.db.device import DeviceDatabase
from wizterm.db.locks import FolderLock
from wizterm.server.store.sqlite import _File as StoreFile


class DiedError(BaseException):
    """Nobody catches it: the process is gone."""

    def __init__(self, who: str) -> None:
        super().__init__(who)
        self.who = who


@dataclass
class Deaths:
    """How many steps each process still lives; one that is not named lives on."""

    left: dict[str, int] = field(default_factory=dict)
    _locks: list[FolderLock] = field(default_factory=list)
    _stores: list[StoreFile] = field(default_factory=list)

    def step(self, who: str) -> None:
        if who in self.left:
            self.left[who] -= 1
            if self.left[who] <= 0:
                del self.left[who]
                raise DiedError(who)

    def free(self, who: str) -> None:
        """What the kernel does for a process that is gone."""
        for lock in [lock for lock in self._locks if lock._path.parent.name == who]:
            lock.release()
            self._locks.remove(lock)
        for store in [store for store in self._stores if _owner(store) == who]:
            store.close_all()
            self._stores.remove(store)

    @contextmanager
    def possible(self) -> Iterator[None]:
        """In this block, every statement and commit of the shipped stores is a step of whoever has the file open."""
        with (
            patch.object(DeviceDatabase, "execute_sql", self._stepping(DeviceDatabase.execute_sql)),
            patch.object(DeviceDatabase, "commit", self._stepping(DeviceDatabase.commit)),
            patch.object(StoreFile, "execute_sql", self._stepping(StoreFile.execute_sql)),
            patch.object(StoreFile, "commit", self._stepping(StoreFile.commit)),
            patch.object(StoreFile, "_connect", self._noting_store(StoreFile._connect)),
            patch.object(FolderLock, "acquire", self._noting(FolderLock.acquire)),
        ):
            yield

    def _noting(self, acquire):
        @wraps(acquire)
        def noted(lock):
            self._locks.append(lock)
            return acquire(lock)

        return noted

    def _noting_store(self, connect):
        @wraps(connect)
        def noted(store):
            if store not in self._stores:
                self._stores.append(store)
            return connect(store)

        return noted

    def _stepping(self, call):
        @wraps(call)
        def stepped(database, *arguments, **named):
            who = _owner(database)
            self.step(who)
            result = call(database, *arguments, **named)
            self.step(who)
            return result

        return stepped


def _owner(database):
    """The folder of the file is named after whose it is."""
    return str(database.database).rpartition("/")[0].rpartition("/")[2]
