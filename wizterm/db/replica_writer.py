"""Applying changes to one generation of the replica: rows, text indexes, digests and cursor in one transaction.

Raw sqlite3: ten thousand rows through a model cost several times as much.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from wizterm.db.replica_digests import Digests
from wizterm.db.replica_errors import ReplicaDamagedError, told_plainly
from wizterm.db.replica_text import CUSTOMERS, PRODUCTS, as_json
from wizterm.protocol.catalogue import CatalogueChanges, Digest, Value
from wizterm.protocol.facets import FACETS_OF_PRODUCT, teach
from wizterm.protocol.replica import BY_NAME, LISTS_OF_PRODUCT, REP_PART, Table

CURSOR: Final = "cursor"

_DESCRIBING: Final = tuple(BY_NAME[name] for name in ("prices", "stock", "attributes", "collections"))
"""Tables beside the products themselves that say where a product is shown and what it is filtered by."""

Keys = dict[Table, list[str]]


class ReplicaWriter:
    """One connection, for one thread. Raises `ReplicaDamagedError` or `ReplicaDiskError`, and nothing of sqlite3."""

    def __init__(self, path: Path) -> None:
        with told_plainly():
            self._connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=30.0)
            self._connection.execute("PRAGMA trusted_schema = off")
            self._connection.execute("PRAGMA journal_mode = wal")
            self._connection.execute("PRAGMA synchronous = normal")
            self._connection.execute("PRAGMA temp_store = memory")
            self._connection.execute("PRAGMA cache_size = -65536")
            teach(self._connection)
            for index in (PRODUCTS, CUSTOMERS):
                index.prepare(self._connection)
            self._digests = Digests(self._connection)

    def close(self) -> None:
        """Everything is in the one file afterwards, and on the disk."""
        with told_plainly():
            try:
                self._connection.execute("PRAGMA wal_checkpoint(truncate)")
            finally:
                self._connection.close()

    def schema(self) -> int:
        with told_plainly():
            return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def begin_at(self, cursor: str) -> None:
        """Say where a fresh, verified file stands, and add up what it holds."""
        with self._writing():
            self._connection.execute("DELETE FROM replica")
            self._digests.add_up()
            self._set_cursor(cursor)

    def cursor(self) -> str:
        """Empty where the file was never begun."""
        with told_plainly():
            row = self._connection.execute("SELECT value FROM replica WHERE name = ?", (CURSOR,)).fetchone()
        return "" if row is None else str(row[0])

    def apply(self, page: CatalogueChanges) -> int:
        """How many rows came or went. The page is applied whole, or the replica is as before."""
        rows = {BY_NAME[part.table]: part.rows for part in page.upserts if part.table in BY_NAME}
        _check(rows)
        with self._writing():
            gone = self._with_dependants(page)
            touched = {table: [*gone.get(table, ()), *_keys(rows.get(table, ()))] for table in {**gone, **rows}}
            self._digests.leave(touched)
            self._remember(touched, rows)
            lists = self._falling_back()
            for table, keys in gone.items():
                self._delete(table, keys)
            for table, upserts in rows.items():
                self._upsert(table, upserts)
            if self._falling_back() != lists:
                PRODUCTS.remember_all(self._connection)
            self._catch_up()
            self._digests.enter(touched)
            self._set_cursor(page.cursor)
        return sum(len(keys) for keys in touched.values())

    def disagreements(self, digests: Sequence[Digest]) -> list[str]:
        """Tables that hold something else than the server's."""
        with told_plainly():
            held = self._digests.held()
        return [digest.table for digest in digests if digest.table in held and held[digest.table] != digest]

    def _with_dependants(self, page: CatalogueChanges) -> Keys:
        """What goes, with all that belongs to a customer who goes."""
        gone: Keys = {BY_NAME[part.table]: list(part.keys) for part in page.deletions if part.table in BY_NAME}
        customers = gone.get(BY_NAME["customers"], [])
        for table in REP_PART:
            if customers and table.customer and table.customer != table.key:
                query = (
                    f"SELECT {table.key} FROM {table.name} WHERE {table.customer} IN (SELECT value FROM json_each(?))"  # noqa: S608 - names from TABLES
                )
                found = self._connection.execute(query, (as_json(customers),)).fetchall()
                gone.setdefault(table, []).extend(key for (key,) in found)
        return gone

    def _remember(self, touched: Keys, rows: Mapping[Table, Sequence[Sequence[Value]]]) -> None:
        skus = set(touched.get(BY_NAME["products"], ()))
        for table in _DESCRIBING:
            skus |= {str(row[table.columns.index("sku")]) for row in rows.get(table, ())}
            skus |= self._skus_of(table, touched.get(table, ()))
        PRODUCTS.remember(self._connection, skus)
        CUSTOMERS.remember(self._connection, touched.get(BY_NAME["customers"], ()))

    def _skus_of(self, table: Table, keys: Sequence[str]) -> set[str]:
        """The products that rows which are about to change belong to."""
        query = f"SELECT sku FROM {table.name} WHERE {table.key} IN (SELECT value FROM json_each(?))"  # noqa: S608 - names from TABLES
        return {sku for (sku,) in self._connection.execute(query, (as_json(keys),)).fetchall()}

    def _catch_up(self) -> None:
        self._connection.execute(
            f"UPDATE products SET lists = ({LISTS_OF_PRODUCT}), facets = ({FACETS_OF_PRODUCT}) "  # noqa: S608 - constants of the protocol
            "WHERE sku IN (SELECT key FROM temp.touched_products)"
        )
        for index in (PRODUCTS, CUSTOMERS):
            index.catch_up(self._connection)

    def _falling_back(self) -> list[tuple[str, str]]:
        """The price lists that show every product with a base price."""
        return self._connection.execute("SELECT id, currency FROM price_lists WHERE falls_back ORDER BY id").fetchall()

    def _delete(self, table: Table, keys: Sequence[str]) -> None:
        self._connection.execute(
            f"DELETE FROM {table.name} WHERE {table.key} IN (SELECT value FROM json_each(?))",  # noqa: S608 - names from TABLES
            (as_json(keys),),
        )

    def _upsert(self, table: Table, rows: Sequence[Sequence[Value]]) -> None:
        marks = ", ".join("?" for _ in table.columns)
        changes = ", ".join(f"{column} = excluded.{column}" for column in table.columns[1:])
        self._connection.executemany(
            f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks}) "  # noqa: S608 - names from TABLES
            f"ON CONFLICT ({table.key}) DO UPDATE SET {changes}",
            rows,
        )

    def _set_cursor(self, cursor: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO replica (name, value) VALUES (?, ?)", (CURSOR, cursor))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with told_plainly():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.rollback()
                raise
            self._connection.commit()


def _keys(rows: Sequence[Sequence[Value]]) -> list[str]:
    return [str(row[0]) for row in rows]


def _check(rows: Mapping[Table, Sequence[Sequence[Value]]]) -> None:
    for table, upserts in rows.items():
        if any(len(row) != len(table.columns) for row in upserts):
            raise ReplicaDamagedError(f"A row for {table.name} has another number of columns than the replica.")
