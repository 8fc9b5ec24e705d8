"""One database, opened: transactions that read, and transactions that write and take a number."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, TypeVar

from peewee import PeeweeException

from wizterm.server.store import ledger
from wizterm.server.store.base import using
from wizterm.server.store.engine import Alone, Engine
from wizterm.server.store.mirror import renumber
from wizterm.server.store.prepared import Question, Rows
from wizterm.server.store.together import answers

T = TypeVar("T")
W = TypeVar("W", bound="Writing")
RESTS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Seconds, at most, before the work is done again: writers that met once do not meet in step again."""


class StoreError(Exception):
    """The store cannot be used; the message says why and what to do."""


class _UndoneError(Exception):
    """Rolls a transaction back that was only tried."""


class Writing:
    """A transaction that changes the store.

    Its number is drawn when first asked for: ask as late as can be, since every other writer waits from then on.
    """

    def __init__(self) -> None:
        self._number = 0
        self._told = False
        self.undone = False
        """Set to leave everything as it was."""

    @property
    def number(self) -> int:
        if not self._number:
            self._number = ledger.draw(ledger.SEQUENCE)
        return self._number

    def ask_numbered(self, *questions: Question) -> tuple[Rows, ...]:
        """What they come to once the number is drawn: nobody can change it any more before this transaction ends."""
        if self._number:
            return answers(*questions)
        ((number,),), *found = answers(ledger.drawing(ledger.SEQUENCE), *questions)
        self._number = int(number)
        return tuple(found)

    def lastly(self, work: Callable[[int], None]) -> None:
        """Do this when nobody else can commit before this transaction ends.

        Whatever committed since it began has a greater number than the one that the work is told.
        """
        work(self.number)

    def catalogue_changed(self) -> None:
        """Devices have something to fetch."""
        if not self._told:
            ledger.put(ledger.CATALOGUE, self.number)
            self._told = True


class Importing(Writing):
    """One that brings many rows, and must not keep the others waiting for so long.

    Its number is ahead of all that they draw meanwhile, and the counter is set to it last of all: so numbers follow
    the order of commits here too.
    """

    def __init__(self, ahead: int) -> None:
        super().__init__()
        self._ahead = ahead
        self._changed = False
        self._last: list[Callable[[int], None]] = []

    @property
    def number(self) -> int:
        if not self._number:
            self._number = ledger.reading_of(ledger.SEQUENCE) + 1 + self._ahead
        return self._number

    def ask_numbered(self, *questions: Question) -> tuple[Rows, ...]:
        """As others answer at the time: its number stands, and nobody waits for it."""
        return answers(*questions)

    def lastly(self, work: Callable[[int], None]) -> None:
        self._last.append(work)

    def catalogue_changed(self) -> None:
        self._changed = True

    def settle(self) -> None:
        """Take the number for good; where the others have come up to it after all, a later one, for every row."""
        if not (self._number or self._changed):
            return
        since = self.number - 1 - self._ahead
        if not ledger.move_on(ledger.SEQUENCE, self.number):
            late = ledger.draw(ledger.SEQUENCE)
            renumber(self._number, late)
            self._number = late
        for work in self._last:
            work(since)
        if self._changed:
            super().catalogue_changed()


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
    def importing(self) -> Iterator[Writing]:
        """As `writing`, for what brings many rows: one such at a time, and others write meanwhile where they can."""
        with self._engine.import_turn(), self._within(Importing(self._engine.meanwhile)) as writing:
            self._engine.alone(Alone.IMPORT)
            yield writing
            if not writing.undone:
                writing.settle()

    def again(self, work: Callable[[], T]) -> T:
        """Do this work, and do it again where a database with many writers asks for that.

        Two that brought the same at once, two that waited for each other, a connection that was lost: the commit may
        have happened then, so the work must be such that doing it twice is doing it once.
        """
        if self._database.in_transaction():
            return work()
        for rest in RESTS:
            try:
                return work()
            except PeeweeException as error:
                if not self._engine.may_succeed_again(error):
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
