"""Writing replicated rows: only what really differs takes a new number, so devices fetch no row for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from peewee import EXCLUDED

from wizterm.protocol.catalogue import Value
from wizterm.protocol.replica import Table, row_hash
from wizterm.server.store.base import rows as rows_of
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.store import Writing

CHUNK = 1_000
T = TypeVar("T")


def upsert(
    writing: Writing,
    table: Table,
    rows: Sequence[tuple[Value, ...]],
    beside: Mapping[str, Mapping[str, Any]] | None = None,
) -> int:
    """Put these rows in place; how many were new or different. `beside` gives columns of products by sku."""
    changed = 0
    for chunk in chunks(rows, CHUNK):
        hashes = {str(row[0]): row_hash(table.name, row) for row in chunk}
        standing = _standing(table, list(hashes))
        different = [row for row in chunk if standing.get(str(row[0])) != hashes[str(row[0])]]
        if different:
            _write(writing, table, different, hashes, beside or {})
        changed += len(different)
    if changed:
        writing.catalogue_changed()
    return changed


def take_away(writing: Writing, table: Table, keys: Sequence[str]) -> int:
    """Mark rows as gone; how many were still there."""
    model, gone = MIRROR[table.name], 0
    for chunk in chunks(keys, CHUNK):
        there = ~model.deleted & column(table.name, table.key).in_(chunk)
        if count := model.select().where(there).count():
            model.update(deleted=True, seq=writing.number).where(there).execute()
            gone += count
    if gone:
        writing.catalogue_changed()
    return gone


def chunks(items: Sequence[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def _standing(table: Table, keys: list[str]) -> dict[str, int]:
    """The hashes of those that are there."""
    model, key = MIRROR[table.name], column(table.name, table.key)
    return dict(rows_of(model.select(key, model.hash).where(key.in_(keys) & ~model.deleted)))


def _write(
    writing: Writing,
    table: Table,
    rows: Sequence[tuple[Value, ...]],
    hashes: Mapping[str, int],
    beside: Mapping[str, Mapping[str, Any]],
) -> None:
    model, key = MIRROR[table.name], column(table.name, table.key)
    written = [
        dict(zip(table.columns, row, strict=True))
        | {"seq": writing.number, "deleted": False, "hash": hashes[str(row[0])]}
        | dict(beside.get(str(row[0]), {}))
        for row in rows
    ]
    names = [name for name in written[0] if name != table.key]
    fields = [column(table.name, name) for name in names]
    model.insert_many(written).on_conflict(
        conflict_target=[key], update={field: EXCLUDED[field.name] for field in fields}
    ).execute()
