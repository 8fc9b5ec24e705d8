"""One connection to the replica, for one thread: it moves to a new generation between two queries.

Raw sqlite3: a page of models costs six times a page of tuples.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

_WORD = re.compile(r"\w+")
MOST_WORDS = 12
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class NoCatalogueError(Exception):
    """There is no catalogue on this machine yet, or it was damaged and is being fetched again."""


class ReplicaReader:
    def __init__(self, current: Callable[[], Path | None], damaged: Callable[[Path], None] = lambda _: None) -> None:
        """`current` gives the generation to read, None where there is none; `damaged` is told of one that is."""
        self._current = current
        self._damaged = damaged
        self._path: Path | None = None
        self._connection: sqlite3.Connection | None = None

    def interrupt(self) -> None:
        """Stop the running query; may be called from another thread."""
        if self._connection is not None:
            self._connection.interrupt()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = self._path = None

    def state(self) -> str:
        """What the catalogue is just now: another text after every change."""
        cursor = self.rows("SELECT value FROM replica WHERE name = 'cursor'")
        return f"{self._path} {cursor[0][0] if cursor else ''}"

    def many(self, query: str, values: tuple[object, ...], keys: Sequence[str]) -> Iterable[tuple[Any, ...]]:
        """The query, whose `{}` stands for the keys, once for every 900 of them: old SQLite builds take 999."""
        for start in range(0, len(keys), 900):
            part = keys[start : start + 900]
            yield from self.rows(query.format(", ".join("?" * len(part))), (*values, *part))

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Raises `NoCatalogueError` where there is nothing to read; an interrupted query says so itself."""
        try:
            return self._open().execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "interrupted" in str(error):
                raise
            path = self._path
            self.close()
            if path is not None and (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _DAMAGED:
                self._damaged(path)
                raise NoCatalogueError(
                    f"The catalogue on this machine is damaged ({error}). It is fetched again when there is a network; "
                    "orders are safe."
                ) from error
            raise NoCatalogueError(
                f"The catalogue on this machine cannot be read ({error}). Sync to fetch it again."
            ) from error

    def _open(self) -> sqlite3.Connection:
        path = self._current()
        if path is None:
            self.close()
            raise NoCatalogueError("There is no catalogue on this machine yet. Sync once while there is a network.")
        if self._connection is None or path != self._path:
            self.close()
            self._connection = self._connect(path)
        return self._connection

    def _connect(self, path: Path) -> sqlite3.Connection:
        """A generation that was swept away after the pointer was read has a newer one behind it."""
        try:
            connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)
        except sqlite3.OperationalError:
            newer = self._current()
            if newer is None or newer == path:
                raise
            return self._connect(newer)
        self._path = path
        return connection


def prefixes(text: str) -> str:
    """An FTS5 query in which each word of the text is the beginning of a word; empty for a text without words."""
    return " AND ".join(f'"{word}"*' for word in _WORD.findall(text.replace("_", " "))[:MOST_WORDS])


def amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
