"""Models that follow the store whose transaction they are used in, so that one process can hold several stores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any, cast

from peewee import Database, Metadata, Model
from peewee import __exception_wrapper__ as told_as_peewees  # type: ignore[attr-defined]  # the stubs leave it out

AT_A_TIME = 2_000
"""Rows that are fetched together where all might not fit in memory."""
_current: ContextVar[Database | None] = ContextVar("store", default=None)


class _FollowsTheStore(Metadata):
    """Peewee binds a model to one database for the whole process; these ask who is asking."""

    @property
    def database(self) -> Database | None:
        return _current.get()

    @database.setter
    def database(self, database: Any) -> None:
        """Peewee sets it once for each class, to nothing."""


class Stored(Model):
    class Meta:
        model_metadata_class = _FollowsTheStore
        legacy_table_names = False


@contextmanager
def using(database: Database) -> Iterator[None]:
    """Models speak to this database until the block ends, in this thread or task only."""
    token = _current.set(database)
    try:
        yield
    finally:
        _current.reset(token)


def current() -> Database:
    """The database of the transaction under way."""
    database = _current.get()
    if database is None:
        raise RuntimeError("No transaction is under way: enter store.reading() or store.writing() first.")
    return database


def as_peewees() -> AbstractContextManager[None]:
    """What a driver raises within is raised as Peewee's, as by Peewee itself."""
    return cast("AbstractContextManager[None]", told_as_peewees)


@contextmanager
def in_one_call() -> Iterator[None]:
    """What is executed within goes to PostgreSQL together, and has been answered when the block ends.

    Each way there and back takes longer than most answers, most of all under load. SQLite is asked as ever.
    """
    database = current()
    if not database.for_update:
        yield
        return
    with as_peewees(), database.connection().pipeline():
        yield


def rows(query: Any) -> list[tuple[Any, ...]]:
    """A query's answer as plain tuples."""
    return list(query.tuples())


def streamed(query: Any) -> Iterator[tuple[Any, ...]]:
    """The answer's rows as they are wanted: else PostgreSQL hands all of them over at once, to be kept in memory."""
    database = current()
    if not database.for_update:
        yield from query.tuples().iterator()
        return
    with as_peewees(), database.connection().cursor(name="streamed") as cursor:
        cursor.itersize = AT_A_TIME
        cursor.execute(*query.sql())
        yield from cursor
