"""Writing replicated rows: only what really differs takes a new number, so devices fetch no row for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from wizterm.protocol.catalogue import Value
from wizterm.protocol.replica import Table, row_hash
from wizterm.server.store.adding import add_rows
from wizterm.server.store.base import Stored
from wizterm.server.store.base import rows as rows_of
from wizterm.server.store.engine import hold
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.writing import Writing

CHUNK = 1_000
T = TypeVar("T")


def upsert(
    writing: Writing, table: Table, rows: Sequence[tuple[Value, ...]], positions: Mapping[str, int] | None = None
) -> int:
    """Put these rows in place; how many were new or different. Products come with their place in the selling order."""
    changed = 0
    for chunk in chunks(rows, CHUNK):
        by_key = {str(row[0]): row for row in chunk}
        hashes = {key: row_hash(table.name, row) for key, row in by_key.items()}
        standing = _standing(table, list(hashes))
        different = [row for key, row in by_key.items() if standing.get(key) != hashes[key]]
        if different:
            hold(_rows_of(table, [str(row[0]) for row in different]))
            beside = [(writing.number, False, hashes[str(row[0])]) for row in different]
            _write(table, different, beside, positions)
        changed += len(different)
    if changed:
        writing.catalogue_changed()
    return changed


def put(writing: Writing, table: Table, rows: Iterable[tuple[Value, ...]]) -> None:
    """Put these rows in place without a look at what stands: all of them take the number, the last of each key."""
    by_key = {str(row[0]): row for row in rows}
    if by_key:
        beside = [(writing.number, False, row_hash(table.name, row)) for row in by_key.values()]
        _write(table, list(by_key.values()), beside, None)
        writing.catalogue_changed()


def insert(model: type[Stored], rows: Sequence[Mapping[str, Any]]) -> None:
    """New rows, by the names of their fields; what a row leaves out is the field's default."""
    if not rows:
        return
    fields, defaults = model._meta.sorted_fields, model._meta.defaults  # noqa: SLF001 - Peewee's documented way
    standard = {field.name: defaults.get(field) for field in fields}
    values = [tuple({**standard, **row}.values()) for row in rows]
    add_rows(model._meta.table_name, fields, values)  # noqa: SLF001 - as above


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


def _rows_of(table: Table, keys: list[str]) -> Any:
    key = column(table.name, table.key)
    return MIRROR[table.name].select(key).where(key.in_(keys)).order_by(key)


def _write(
    table: Table,
    rows: Sequence[tuple[Value, ...]],
    beside: Sequence[tuple[Any, ...]],
    positions: Mapping[str, int] | None,
) -> None:
    replaced = [*table.columns[1:], "seq", "deleted", "hash"]
    written = [(*row, *more) for row, more in zip(rows, beside, strict=True)]
    if positions is None:
        _add(table, [table.key, *replaced], replaced, written)
        return
    replaced.append("position")
    written = [(*row, positions[str(row[0])], "", "") for row in written]
    _add(table, [table.key, *replaced, "lists", "once_listed"], replaced, written)


def _add(table: Table, names: Sequence[str], replaced: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    updates = ", ".join(f"{name} = EXCLUDED.{name}" for name in replaced)
    fields = [column(table.name, name) for name in names]
    add_rows(table.name, fields, rows, f" ON CONFLICT ({table.key}) DO UPDATE SET {updates}")
