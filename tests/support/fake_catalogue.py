"""What the fake server makes of rows: differences, files, and rows from an office's files."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from wizterm.protocol import replica

View = dict[str, dict[str, tuple]]


def difference(before: View, after: View) -> list[tuple[str, str, tuple | None]]:
    changes: list[tuple[str, str, tuple | None]] = []
    for table in replica.TABLES:
        old, new = before[table.name], after[table.name]
        changes += [(table.name, key, None) for key in old if key not in new]
        changes += [(table.name, key, row) for key, row in new.items() if old.get(key) != row]
    return changes


def file_of(view: View) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.db"
        with closing(sqlite3.connect(path)) as connection:
            replica.create(connection)
            for table in replica.TABLES:
                replica.fill(connection, table, view[table.name].values())
            replica.index_all(connection)
            connection.commit()
        return path.read_bytes()


def row_of(kind: str, cells: dict[str, str]) -> tuple:
    """A line of a file as the replica holds it."""
    said = {"id": cells.get("id", ""), "number": cells.get("number", "")} | cells
    if kind == "price_lists":
        said |= {
            "falls_back": int(cells.get("falls_back_to_base") == "yes"),
            "is_default": int(cells["default"] == "yes"),
        }
    if kind == "products":
        said |= {"discontinued": 0}
    if kind == "prices":
        said |= {"min_quantity": cells.get("min_quantity", "1")}
        said["id"] = f"{cells['sku']}|{cells['price_list']}|{said['min_quantity']}|"
    if kind == "stock":
        said |= {"counted_at": 0}
    if kind == "customers":
        said["id"] = cells["number"]
    return tuple(said.get(name, "") for name in replica.BY_NAME[kind].columns)
