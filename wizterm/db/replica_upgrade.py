"""A catalogue of an earlier schema is brought up to this program's, so that an update in the field takes nothing away.

What a later schema adds is empty until the next sync, which fetches a whole new catalogue.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from wizterm.db.replica_errors import told_plainly
from wizterm.protocol import replica
from wizterm.protocol.replica import Table


def bring_up(path: Path, schema: int = replica.SCHEMA, tables: Iterable[Table] = replica.TABLES) -> bool:
    """Whether there was something to add. A catalogue of a later schema is left as it is."""
    with told_plainly(), closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as connection:
        connection.isolation_level = None
        if _schema(connection) >= schema:
            return False
        connection.execute("BEGIN IMMEDIATE")
        found = _schema(connection)
        for statement in replica.added(found, schema, tables):
            connection.execute(statement)
        connection.execute("DELETE FROM replica")
        connection.execute("COMMIT")
    return True


def _schema(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
