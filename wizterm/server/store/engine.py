"""What the store asks of a database, and nothing more: all in which SQLite and PostgreSQL differ."""

from __future__ import annotations

from contextlib import AbstractContextManager
from enum import IntEnum
from typing import Any, Protocol

from peewee import Database

from wizterm.server.store.base import current
from wizterm.server.store.prepared import Question


class Alone(IntEnum):
    """What one process does at a time; on PostgreSQL the numbers of advisory locks, which no other program takes."""

    LAYOUT = 0x77697A74
    """Laying the store out, and founding it."""
    IMPORT = LAYOUT + 1


class Engine(Protocol):
    @property
    def database(self) -> Database: ...

    @property
    def reading(self) -> tuple[str, ...]:
        """Said when a transaction begins that only reads, so that it sees one moment."""
        ...

    @property
    def writing(self) -> tuple[str, ...]:
        """Said when a transaction begins that may write."""
        ...

    @property
    def pooled(self) -> bool:
        """Whether a thread gives its connection back after each transaction."""
        ...

    def turn(self) -> AbstractContextManager[None]:
        """Around a transaction that may write: whatever threads of one process must wait for."""
        ...

    def import_turn(self) -> AbstractContextManager[None]:
        """Around a transaction that imports: whatever imports of all processes must wait for, however long."""
        ...

    @property
    def meanwhile(self) -> int:
        """How many transactions others may commit while one that imports is under way."""
        ...

    @property
    def copies(self) -> bool:
        """Whether a large import must work on copies, so that others can write meanwhile."""
        ...

    def alone(self, what: Alone) -> None:
        """Let no other process pass this point until the transaction under way has ended, however long."""
        ...

    def may_succeed_again(self, error: Exception) -> bool:
        """Whether the same work, done again from its beginning, may succeed; makes ready for it."""
        ...

    def make_ready(self) -> None:
        """Do what the first calls would wait for."""
        ...

    def close(self) -> None: ...


def hold(query: Any) -> None:
    """Nobody else changes what this query finds until the transaction has ended."""
    if current().for_update:
        list(held(query).tuples().execute())


def first_held(*questions: Question) -> tuple[Question, ...]:
    """Those whose only purpose is to hold rows, to be asked before others; none where nobody else can write."""
    return questions if current().for_update else ()


def held(query: Any, *, pass_over: bool = False) -> Any:
    """The rows a query finds, nobody else's until the transaction ends; `pass_over` leaves out those others hold.

    On SQLite one transaction writes at a time, so that every row is held already.
    """
    if not current().for_update:
        return query
    return query.for_update(skip_locked=True) if pass_over else query.for_update()
