"""Building a catalogue file: a replica laid out in an empty file, so that nothing of other reps can be in it."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import zstandard

from wizterm.protocol import replica
from wizterm.server.feeds.digests import live
from wizterm.server.scope import Scope
from wizterm.server.store.base import streamed
from wizterm.server.store.mirror import column, columns

LEVEL = 9
PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Built:
    sha256: str
    bytes: int
    unpacked_bytes: int


def path_of(folder: Path, digest: str) -> Path:
    return folder / f"{digest}.zst"


def build(folder: Path, scope: Scope, schema: int) -> Built:
    """Write the file of these lists, as the caller's transaction sees them; it appears whole or not at all."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as workshop:
        plain, packed = Path(workshop) / "catalog.db", Path(workshop) / "catalog.zst"
        _lay_out(plain, scope, schema)
        digest = _pack(plain, packed)
        built = Built(digest, packed.stat().st_size, plain.stat().st_size)
        packed.replace(path_of(folder, digest))
    return built


def _lay_out(path: Path, scope: Scope, schema: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = off")
        connection.execute("PRAGMA synchronous = off")
        connection.execute("BEGIN")
        replica.create(connection, schema)
        for table in replica.known(schema, replica.CATALOGUE_PART):
            replica.fill(connection, table, _rows(table, scope))
        replica.index_all(connection)
        connection.execute("COMMIT")


def _rows(table: replica.Table, scope: Scope) -> Iterator[tuple[Any, ...]]:
    """Products in the order they sell, all else by key."""
    order = [column(table.name, table.key)]
    if table.name == "products":
        order.insert(0, column("products", "position"))
    return streamed(live(table, scope, *columns(table)).order_by(*order))


def _pack(plain: Path, packed: Path) -> str:
    digest = sha256()
    compressor = zstandard.ZstdCompressor(level=LEVEL, write_content_size=True, write_checksum=True)
    with packed.open("wb") as target:
        for piece in _compressed(compressor, plain):
            digest.update(piece)
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest()


def _compressed(compressor: zstandard.ZstdCompressor, plain: Path) -> Iterator[bytes]:
    with plain.open("rb") as source:
        yield from compressor.read_to_iter(source, size=plain.stat().st_size, write_size=PIECE)
