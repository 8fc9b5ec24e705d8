"""Small catalogues: as a packed file, as a generation on the disk, and as a feed that answers by script."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import zstandard

from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_writer import ReplicaWriter
from wizterm.protocol import replica
from wizterm.protocol.catalogue import CatalogueChanges, Digest, Manifest, TableKeys, TableRows

PRODUCT = dict.fromkeys(replica.BY_NAME["products"].columns, "") | {"discontinued": 0}


def product(number: int, **other: object) -> tuple:
    row = PRODUCT | {
        "sku": f"P{number:05d}",
        "name": f"Mug {number}",
        "unit": "each",
        "base_price": "10.00",
        "base_currency": "EUR",
    }
    return tuple((row | other).values())


def price(number: int, price_list: str = "retail", amount: str = "9.50", sku: str = "") -> tuple:
    return (f"{price_list}-{number}", price_list, sku or f"P{number:05d}", "1", amount, "", "")


def customer(number: int, name: str = "") -> tuple:
    return (f"c{number}", f"{number}", name or f"Café {number}", "retail", "", "", "", "", "KIM")


def contact(number: int, of: int) -> tuple:
    return (f"k{number}", f"c{of}", f"Ann {number}", "", "")


def price_list(key: str = "retail", *, falls_back: bool = False) -> tuple:
    return (key, key.title(), "EUR", int(falls_back), 1, "")


def make(path: Path, products: int = 20, **tables: list[tuple]) -> Path:
    rows = {
        "price_lists": [price_list()],
        "products": [product(number) for number in range(1, products + 1)],
        "prices": [price(number) for number in range(1, products + 1)],
    } | tables
    with closing(sqlite3.connect(path)) as connection:
        replica.create(connection)
        for name, table_rows in rows.items():
            replica.fill(connection, replica.BY_NAME[name], table_rows)
        replica.index_all(connection)
        connection.commit()
    return path


def generation(files: ReplicaFiles, **how: object) -> Path:
    """A catalogue in use."""
    made = make(files.folder / "made.db", **how)
    with closing(ReplicaWriter(made)) as writer:
        writer.begin_at("c0")
    path = files.accept(made)
    files.switch(path)
    return path


def page(
    cursor: str,
    upserts: dict[str, list[tuple]] | None = None,
    deletions: dict[str, list[str]] | None = None,
    **more: object,
) -> CatalogueChanges:
    return CatalogueChanges(
        upserts=tuple(TableRows(table=name, rows=tuple(rows)) for name, rows in (upserts or {}).items()),
        deletions=tuple(TableKeys(table=name, keys=tuple(keys)) for name, keys in (deletions or {}).items()),
        cursor=cursor,
        **more,
    )


def digests(path: Path) -> tuple[Digest, ...]:
    """What the tables hold, added up from all rows."""
    with closing(sqlite3.connect(path)) as connection:
        return tuple(
            replica.digest(table, connection.execute(f"SELECT {', '.join(table.columns)} FROM {table.name}"))
            for table in replica.TABLES
        )


def rows_of(path: Path, query: str, *values: object) -> list[tuple]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query, values).fetchall()


def found(path: Path, words: str, table: str = "products") -> list[str]:
    """Keys of the rows that the text index finds; the index itself must agree with its rows."""
    key = replica.BY_NAME[table].key
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"INSERT INTO {table}_text ({table}_text, rank) VALUES ('integrity-check', 1)")
        query = f"SELECT {key} FROM {table} WHERE row IN (SELECT rowid FROM {table}_text WHERE {table}_text MATCH ?)"
        return [value for (value,) in connection.execute(query + " ORDER BY row", (words,))]


class ScriptedFeed:
    """A server's catalogue: one file, and pages by cursor."""

    def __init__(self, source: Path, pages: dict[str, CatalogueChanges | Exception], *, cursor: str = "c0") -> None:
        self.pages = pages
        self.asked: list[str] = []
        self.starts: list[int] = []
        self.cut_after: int | None = None
        self.pack(source.read_bytes(), cursor)

    def pack(self, content: bytes, cursor: str) -> None:
        self.packed = zstandard.compress(content)
        self.held = Manifest(
            sha256=sha256(self.packed).hexdigest(),
            bytes=len(self.packed),
            unpacked_bytes=len(content),
            schema=replica.SCHEMA,
            cursor=cursor,
        )

    def manifest(self, schema: int) -> Manifest:
        self.asked.append("manifest")
        return self.held

    def file(self, sha256: str, start: int):
        self.starts.append(start)
        end = len(self.packed) if self.cut_after is None else start + self.cut_after
        for at in range(start, min(end, len(self.packed)), 256):
            yield self.packed[at : min(at + 256, end)]

    def catalogue_changes(self, cursor: str) -> CatalogueChanges:
        self.asked.append(cursor)
        answer = self.pages[cursor]
        if isinstance(answer, Exception):
            raise answer
        return answer
