"""A catalogue file is foreign until it has been verified."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from wizterm.db.replica_errors import ReplicaDamagedError, told_plainly
from wizterm.protocol import replica

_SHADOWS: Final = ("products_text_", "customers_text_")
"""Tables that FTS5 makes for itself, worded by the SQLite that made the file."""


def verify(path: Path) -> None:
    """Raises `ReplicaDamagedError` where the file is anything else than a sound replica of this schema."""
    with told_plainly(), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("PRAGMA trusted_schema = off")
        _expect("kind of file", _pragma(connection, "application_id"), replica.APPLICATION_ID)
        _expect("schema", _pragma(connection, "user_version"), replica.SCHEMA)
        if _layout(connection) != _expected_layout():
            raise ReplicaDamagedError("The catalogue file has other tables than its schema says.")
        _expect("check", _pragma(connection, "quick_check(1)"), "ok")
        for table in replica.REP_PART:
            rows = connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]  # noqa: S608 - names from TABLES
            _expect(f"rows of {table.name} in a file that many reps share", rows, 0)


def verify_use(path: Path) -> None:
    """Raises `ReplicaDamagedError` where a generation that is in use, with the rep's part in it, is not sound."""
    with told_plainly(), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        _expect("schema", _pragma(connection, "user_version"), replica.SCHEMA)
        _expect("check", _pragma(connection, "quick_check(1)"), "ok")


def _expect(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise ReplicaDamagedError(f"The catalogue file is not usable: {what} is {found}, expected {expected}.")


def _pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def _expected_layout() -> set[tuple[str, str, str, str]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        replica.create(connection)
        return _layout(connection)


def _layout(connection: sqlite3.Connection) -> set[tuple[str, str, str, str]]:
    rows = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema").fetchall()
    return {(kind, name, table, "" if name.startswith(_SHADOWS) else sql) for kind, name, table, sql in rows}
