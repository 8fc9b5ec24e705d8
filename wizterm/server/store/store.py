"""One database, opened: transactions that read, and transactions that write and take a number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from peewee import Database

from wizterm.server.store import ledger
from wizterm.server.store.base import using
from wizterm.server.store.ledger import Counter


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
        self.undone = False
        """Set to leave everything as it was."""

    @property
    def number(self) -> int:
        if not self._number:
            self._number = ledger.draw(ledger.SEQUENCE)
        return self._number

    def catalogue_changed(self) -> None:
        """Devices have something to fetch."""
        Counter.update(value=self.number).where(Counter.name == ledger.CATALOGUE).execute()


class Store:
    def __init__(self, database: Database, *, read_mode: tuple[str, ...] = (), close: Callable[[], None]) -> None:
        """`read_mode` is what this database wants said when a transaction only reads."""
        self._database = database
        self._read_mode = read_mode
        self._close = close

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One unchanging view of everything, that holds no writer up."""
        with self._connected(), self._database.atomic(*self._read_mode):
            yield

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """All or nothing, and durable when the block has ended."""
        writing = Writing()
        with self._connected(), suppress(_UndoneError), self._database.atomic():
            yield writing
            if writing.undone:
                raise _UndoneError

    def close(self) -> None:
        self._close()

    @contextmanager
    def _connected(self) -> Iterator[None]:
        self._database.connect(reuse_if_open=True)
        with using(self._database):
            yield
