"""Copies of the replicated tables for one connection of SQLite, which hide the store's own from it.

SQLite lets one transaction write at a time. What an import changes in its copies keeps nobody waiting, however long it
takes; then all of it is brought into the store at once.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from peewee import PeeweeException

from wizterm.server.store.base import current
from wizterm.server.store.mirror import MIRROR
from wizterm.server.store.prepared import Rows

KEYS = {name: (model._meta.sorted_fields[0].column_name,) for name, model in MIRROR.items()} | {  # noqa: SLF001 - Peewee's documented way
    "assignments": ("rep", "customer")
}
CACHE_KB = 64_000


class MetError(PeeweeException):
    """Others have changed meanwhile what an import goes by: to be done again, while they wait where they can."""


class Copies:
    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._drop()

    def make(self) -> None:
        """With the indexes that an import looks into; needs a transaction, which need not be one that writes."""
        _run(f"PRAGMA temp.cache_size = -{CACHE_KB}")
        for table in KEYS:
            ((made,),) = _run("SELECT sql FROM main.sqlite_master WHERE name = ?", table)
            _run(made.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
            _run(f"INSERT INTO temp.{table} SELECT * FROM main.{table}")  # noqa: S608 - names from the models
            wanted = "SELECT sql FROM main.sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
            for (index,) in _run(f"{wanted} AND name <> ?", table, f"{table}_by_seq"):
                _run(index.replace("INDEX ", "INDEX temp.", 1))

    def bring(self, mark: int, number: int) -> None:
        """Put the rows with this mark into the store, where they bear the number; the copies are gone then."""
        for table, key in KEYS.items():
            self._bring(table, key, mark, number)
        self._drop()

    def bring_order(self) -> None:
        """The places of products in the selling order, which bear no number: devices do not hear of them."""
        moved = "UPDATE main.products SET position = theirs.position FROM temp.products AS theirs"
        _run(f"{moved} WHERE theirs.sku = main.products.sku AND theirs.position <> main.products.position")

    def _bring(self, table: str, key: tuple[str, ...], mark: int, number: int) -> None:
        on = ", ".join(key)
        changed = f"FROM main.{table} JOIN temp.{table} AS copy USING ({on}) WHERE copy.seq = ?"
        if _run(f"SELECT 1 {changed} AND main.{table}.seq >= ? LIMIT 1", mark, mark):
            raise MetError(f"Others changed rows of {table} while they were being imported.")
        names = [name for _, name, *_ in _run(f"PRAGMA main.table_info({table})")]
        brought = ", ".join("?" if name == "seq" else name for name in names)
        replaced = ", ".join(f"{name} = EXCLUDED.{name}" for name in names if name not in key)
        into = f"INSERT INTO main.{table} ({', '.join(names)}) SELECT {brought} FROM temp.{table}"  # noqa: S608 - as above
        _run(f"{into} WHERE seq = ? ON CONFLICT ({on}) DO UPDATE SET {replaced}", number, mark)

    def _drop(self) -> None:
        for table in KEYS:
            _run(f"DROP TABLE IF EXISTS temp.{table}")


def _run(statement: str, *values: object) -> Rows:
    cursor: Any = current().execute_sql(statement, values)
    found: Rows = cursor.fetchall()
    return found
