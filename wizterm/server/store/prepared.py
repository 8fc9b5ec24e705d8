"""Queries that are put into words once: Peewee takes ten times as long over the words as the database over the answer.

    @prepared
    def _named(ids: Any) -> Any:
        return TakenDocument.select(TakenDocument.id, TakenDocument.kind).where(TakenDocument.id.in_(ids))

    _named(["a", "b"])  # [("a", "order"), ("b", "quote")]

For what each call of a device asks; elsewhere a plain query says it better. Arguments reach the database as they are:
texts, numbers, truths, or lists of these for `in_`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any

from peewee import Value

from wizterm.server.store.base import current

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Place:
    """Stands in the words for an argument, or for one item of a list."""

    at: int


@dataclass(frozen=True, slots=True)
class _Statement:
    words: str
    constants: list[Any]
    """All values of the statement; those of arguments are filled in for each call."""
    places: list[tuple[int, int]]
    """Where in the statement, and which of the arguments laid out flat."""

    def values(self, flat: list[Any]) -> list[Any]:
        values = self.constants.copy()
        for at, which in self.places:
            values[at] = flat[which]
        return values


class Prepared:
    """One query, called with its arguments; needs a transaction."""

    def __init__(self, build: Callable[..., Any]) -> None:
        self._build = build
        self._statements: dict[tuple[Any, ...], _Statement] = {}
        update_wrapper(self, build)

    def __call__(self, *arguments: Any) -> Rows:
        """The rows, as the database's driver gives them."""
        found: Rows = self.sent(arguments).fetchall()
        return found

    def of(self, *arguments: Any) -> Question:
        """To be asked together with others."""
        return Question(self, arguments)

    def change(self, *arguments: Any) -> int:
        """How many rows an update or a delete met."""
        return int(self.sent(arguments).rowcount)

    def sent(self, arguments: tuple[Any, ...]) -> Any:
        """The driver's cursor, which need not have been answered yet."""
        database = current()
        flat, shape = _laid_out(arguments)
        key = (type(database), *shape)
        statement = self._statements.get(key)
        if statement is None:
            statement = self._statements[key] = self._put_into_words(shape)
        return database.execute_sql(statement.words, statement.values(flat))

    def _put_into_words(self, shape: list[int | None]) -> _Statement:
        places: list[Any] = []
        at = 0
        for width in shape:
            if width is None:
                places.append(_as_it_is(at))
            else:
                places.append([_as_it_is(at + item) for item in range(width)])
            at += 1 if width is None else width
        words, values = self._build(*places).sql()
        where = [(position, value.at) for position, value in enumerate(values) if isinstance(value, _Place)]
        return _Statement(words, list(values), where)


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its arguments."""

    query: Prepared
    arguments: tuple[Any, ...]


def prepared(build: Callable[..., Any]) -> Prepared:
    """Called with stand-ins once for each database and length of its lists; its conditions may not look at them."""
    return Prepared(build)


def _as_it_is(at: int) -> Value:
    return Value(_Place(at), converter=False, unpack=False)


def _laid_out(arguments: tuple[Any, ...]) -> tuple[list[Any], list[int | None]]:
    """All values in a row, and how wide each argument is there; None for what is no list.

    Lists are filled up to a power of two with their last item, so that few lengths occur.
    """
    flat: list[Any] = []
    shape: list[int | None] = []
    for argument in arguments:
        if isinstance(argument, list):
            width = 1 << (len(argument) - 1).bit_length() if argument else 0
            flat += argument
            flat += argument[-1:] * (width - len(argument))
            shape.append(width)
        else:
            flat.append(argument)
            shape.append(None)
    return flat, shape
