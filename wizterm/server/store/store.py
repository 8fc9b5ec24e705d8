"""One database, opened: transactions that read, and transactions that write and take a number."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, TypeVar

from peewee import PeeweeException

from wizterm.server.store.base import using
from wizterm.server.store.copies import Copies, MetError
from wizterm.server.store.engine import Alone, Engine
from wizterm.server.store.writing import Apart, Importing, Writing

T = TypeVar("T")
W = TypeVar("W", bound="Writing")
RESTS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Seconds, at most, before the work is done again: writers that met once do not meet in step again."""


class StoreError(Exception):
    """The store cannot be used; the message says why and what to do."""


class _UndoneError(Exception):
    """Rolls a transaction back that was only tried."""


class Store:
    def __init__(
        self,
        engine: Engine,
        *,
        rest: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._engine = engine
        self._database = engine.database
        self._rest = rest
        self._chance = chance

    @contextmanager
    def asking(self) -> Iterator[None]:
        """For a single question: it sees one moment without a transaction, which would be two more calls."""
        with self._connected():
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One unchanging view of everything, that holds no writer up."""
        with self._connected(), self._database.atomic(*self._engine.reading):
            yield

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """All or nothing, and durable when the block has ended."""
        with self._within(Writing()) as writing:
            yield writing

    @contextmanager
    def importing(self, *, large: bool = False) -> Iterator[Writing]:
        """As `writing`, for what brings many rows: one such at a time, and others write meanwhile where they can.

        On SQLite they can while it is `large`; then it raises `MetError` where they changed the same rows.
        """
        with self._engine.import_turn():
            if large and self._engine.copies:
                with self._apart() as writing:
                    yield writing
                return
            with self._within(Importing(self._engine.meanwhile)) as writing:
                self._engine.alone(Alone.IMPORT)
                yield writing
                if not writing.undone:
                    writing.settle()

    def again(self, work: Callable[[], T]) -> T:
        """Do this work, and do it again where a database with many writers asks for that, or an import met them.

        Two that brought the same at once, two that waited for each other, a connection that was lost: the commit may
        have happened then, so the work must be such that doing it twice is doing it once.
        """
        if self._database.in_transaction():
            return work()
        for rest in RESTS:
            try:
                return work()
            except PeeweeException as error:
                if not (isinstance(error, MetError) or self._engine.may_succeed_again(error)):
                    raise
            self._rest(rest * self._chance())
        return work()

    @property
    def engine(self) -> Engine:
        """The database itself, for what is done to the store as a whole."""
        return self._engine

    def close(self) -> None:
        self._engine.close()

    @contextmanager
    def _within(self, writing: W) -> Iterator[W]:
        with self._engine.turn(), self._connected(), suppress(_UndoneError), self._begun():
            yield writing
            if writing.undone:
                raise _UndoneError

    @contextmanager
    def _apart(self) -> Iterator[Writing]:
        """What is read is as it was at the beginning; others wait only while the changes are brought into the store."""
        with self._connected(), Copies() as copies:
            writing = Apart(copies)
            with suppress(_UndoneError), self._database.atomic(*self._engine.reading):
                copies.make()
                yield writing
                if writing.undone:
                    raise _UndoneError
            if not writing.undone:
                with self._engine.turn(), self._begun():
                    writing.settle()

    def _begun(self) -> AbstractContextManager[Any]:
        begun: AbstractContextManager[Any] = self._database.atomic(*self._engine.writing)
        return begun

    @contextmanager
    def _connected(self) -> Iterator[None]:
        opened = self._database.connect(reuse_if_open=True)
        try:
            with using(self._database):
                yield
        finally:
            if opened and self._engine.pooled:
                self._database.close()
