"""The way down: `GET /v1/catalog/manifest`, `/v1/catalog/files/{sha256}`, `/v1/catalog/changes`.

A first sync fetches one file (the catalogue part, the same for every rep with the same price lists) and then the
changes from the manifest's cursor, which bring the rep's part and whatever is newer than the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

MANIFEST_PATH = "/v1/catalog/manifest"
FILES_PATH = "/v1/catalog/files"
CHANGES_PATH = "/v1/catalog/changes"
MOST_ROWS = 2_000

Value = str | int | None
"""What a replica's cell holds; amounts and quantities are text."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    sha256: str
    """Of the compressed file, which is also its name."""
    bytes: int
    """Compressed."""
    unpacked_bytes: int
    schema: int
    cursor: str
    """Where `changes` goes on from, once the file is in place."""


class TableRows(msgspec.Struct, frozen=True, kw_only=True):
    table: str
    rows: tuple[tuple[Value, ...], ...]
    """Whole rows in the column order of `replica.TABLES`."""


class TableKeys(msgspec.Struct, frozen=True, kw_only=True):
    table: str
    keys: tuple[str, ...]
    """Rows that are no more. A customer's key takes all of the customer's rows with it."""


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """What a table holds at the cursor: compared after a pull."""

    table: str
    count: int
    sum: int
    """Σ of the rows' hashes mod 2^63."""


class CatalogueChanges(msgspec.Struct, frozen=True, kw_only=True):
    cursor: str
    """Always there: an empty object is nobody's answer."""
    upserts: tuple[TableRows, ...] = ()
    deletions: tuple[TableKeys, ...] = ()
    more: bool = False
    remaining: int = 0
    """Rows still to come after this page, about; for the progress bar."""
    digests: tuple[Digest, ...] = ()
    """On the last page, where nothing changed meanwhile; else empty."""


def json_rows(rows: Iterable[Sequence[Value]]) -> tuple[tuple[Value, ...], ...]:
    """Rows of a database cursor as the wire carries them."""
    return tuple(tuple(row) for row in rows)
