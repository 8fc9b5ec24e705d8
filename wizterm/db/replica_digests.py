"""The sum of each table's row hashes, kept as rows come and go, so that comparing costs nothing after a pull."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from wizterm.db.replica_text import as_json
from wizterm.protocol.catalogue import Digest
from wizterm.protocol.replica import BY_NAME, TABLES, Table, digest

_PREFIX: Final = "digest of "
_MODULUS: Final = 2**63


class Digests:
    """Kept in the replica itself. Call `leave` before a change and `enter` after it, in its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add_up(self) -> None:
        """From all rows."""
        for table in TABLES:
            rows = self._connection.execute(f"SELECT {', '.join(table.columns)} FROM {table.name}")  # noqa: S608 - names from TABLES
            self._keep(digest(table, rows))

    def leave(self, keys: Mapping[Table, Sequence[str]]) -> None:
        self._change(keys, -1)

    def enter(self, keys: Mapping[Table, Sequence[str]]) -> None:
        self._change(keys, 1)

    def held(self) -> dict[str, Digest]:
        rows = self._connection.execute(
            "SELECT name, value FROM replica WHERE name LIKE ?", (_PREFIX + "%",)
        ).fetchall()
        found = (_parse(name.removeprefix(_PREFIX), value) for name, value in rows)
        return {digest.table: digest for digest in found}

    def _change(self, keys: Mapping[Table, Sequence[str]], sign: int) -> None:
        held = self.held()
        for table, touched in keys.items():
            before, part = held[table.name], self._of(table, touched)
            total = (before.sum + sign * part.sum) % _MODULUS
            self._keep(Digest(table=table.name, count=before.count + sign * part.count, sum=total))

    def _of(self, table: Table, keys: Sequence[str]) -> Digest:
        query = (
            f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {table.key} IN (SELECT value FROM json_each(?))"  # noqa: S608 - names from TABLES
        )
        return digest(table, self._connection.execute(query, (as_json(keys),)))

    def _keep(self, digest: Digest) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO replica (name, value) VALUES (?, ?)",
            (_PREFIX + digest.table, f"{digest.count} {digest.sum}"),
        )


def _parse(table: str, value: str) -> Digest:
    count, _, total = value.partition(" ")
    return Digest(table=BY_NAME[table].name, count=int(count), sum=int(total))
