"""Keeping a text index in step with the rows it indexes.

FTS5 over another table's content must be told the old words before it is told the new ones, so the old ones are
remembered before a change. Only rows whose words changed cost anything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

import msgspec

Keys = Collection[str]


@dataclass(frozen=True, slots=True)
class TextIndex:
    """Call in order, within one transaction: `remember`, then the changes, then `catch_up`."""

    table: str
    key: str
    columns: tuple[str, ...]

    def prepare(self, connection: sqlite3.Connection) -> None:
        """Once for each connection."""
        connection.execute(f"CREATE TEMP TABLE touched_{self.table} (key TEXT PRIMARY KEY) WITHOUT ROWID")
        connection.execute(f"CREATE TEMP TABLE old_{self.table} (row INTEGER PRIMARY KEY, {self._words()})")

    def remember(self, connection: sqlite3.Connection, keys: Keys) -> None:
        """Keys that are not touched yet, while their rows still have the old words."""
        connection.execute(
            f"INSERT OR IGNORE INTO temp.old_{self.table} SELECT row, {self._words()} FROM {self.table} "  # noqa: S608 - own names
            f"WHERE {self.key} IN (SELECT value FROM json_each(?))",
            (as_json(keys),),
        )
        connection.execute(
            f"INSERT OR IGNORE INTO temp.touched_{self.table} SELECT value FROM json_each(?)",  # noqa: S608 - own names
            (as_json(keys),),
        )

    def remember_all(self, connection: sqlite3.Connection) -> None:
        """Every row; those touched before keep the older words."""
        connection.execute(
            f"INSERT OR IGNORE INTO temp.old_{self.table} SELECT row, {self._words()} FROM {self.table} "  # noqa: S608 - own names
            f"WHERE {self.key} NOT IN (SELECT key FROM temp.touched_{self.table})"
        )
        connection.execute(
            f"INSERT OR IGNORE INTO temp.touched_{self.table} SELECT {self.key} FROM {self.table}"  # noqa: S608 - own names
        )

    def catch_up(self, connection: sqlite3.Connection) -> None:
        differs = f"({self._words('new.')}) IS NOT ({self._words('old.')})"
        connection.execute(
            f"INSERT INTO {self.table}_text ({self.table}_text, rowid, {self._words()}) "  # noqa: S608 - own names
            f"SELECT 'delete', old.row, {self._words('old.')} FROM temp.old_{self.table} old "
            f"LEFT JOIN {self.table} new ON new.row = old.row WHERE new.row IS NULL OR {differs}"
        )
        connection.execute(
            f"INSERT INTO {self.table}_text (rowid, {self._words()}) "  # noqa: S608 - own names
            f"SELECT new.row, {self._words('new.')} FROM temp.touched_{self.table} "
            f"JOIN {self.table} new ON new.{self.key} = touched_{self.table}.key "
            f"LEFT JOIN temp.old_{self.table} old ON old.row = new.row WHERE old.row IS NULL OR {differs} "
            "ORDER BY new.row"
        )
        connection.execute(f"DELETE FROM temp.old_{self.table}")  # noqa: S608 - own names
        connection.execute(f"DELETE FROM temp.touched_{self.table}")  # noqa: S608 - own names

    def _words(self, prefix: str = "") -> str:
        return ", ".join(prefix + column for column in self.columns)


PRODUCTS = TextIndex("products", "sku", ("name", "sku", "gtin", "description", "lists", "facets"))
CUSTOMERS = TextIndex("customers", "id", ("name", "number"))


def as_json(keys: Keys) -> str:
    """Keys as one parameter, for `json_each`."""
    return msgspec.json.encode(list(keys)).decode()
