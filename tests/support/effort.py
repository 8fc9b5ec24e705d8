"""What a piece of work makes SQLite do: counted, because what is timed depends on the machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from wizterm.services.workbench import Workbench


class Effort:
    """The statements that a bench's two connections carry out while this is open, and the bytes they log."""

    def __init__(self, bench: Workbench, folder: Path) -> None:
        self._connections = (bench._sources.database.connection(), bench._sources.reader._open())
        self._log = folder / "device.db-wal"
        self.statements: list[str] = []
        self.logged = 0

    def __enter__(self) -> Self:
        self._connections[0].execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._trace(self.statements.append)
        return self

    def __exit__(self, *_: object) -> None:
        self._trace(None)
        self.logged = self._log.stat().st_size

    def walks(self) -> list[str]:
        """Which tables it read from end to end, for want of an index; `SCAN` is SQLite's own word for it."""
        return [
            detail
            for statement in self.statements
            if statement.startswith("SELECT")
            for connection in self._connections
            for detail in _plan(connection, statement)
            if detail.startswith("SCAN")
        ]

    def _trace(self, see: Callable[[str], Any] | None) -> None:
        for connection in self._connections:
            connection.set_trace_callback(see)


def _plan(connection: sqlite3.Connection, statement: str) -> list[str]:
    """How it is carried out; nothing where the connection does not have the table."""
    try:
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    except sqlite3.OperationalError:
        return []
