"""Adding rows past Peewee's builder, which takes longer than the database does: an import may bring a million."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from peewee import Field

from wizterm.server.store.base import as_peewees, current

_ARRAYS = {"TEXT": "text", "BIGINT": "bigint", "INT": "integer", "BOOL": "boolean"}
"""What PostgreSQL calls a column's type, by Peewee's name for it."""


def add_rows(table: str, fields: Sequence[Field[Any]], rows: Sequence[tuple[Any, ...]], more: str = "") -> None:
    """Each row has a value for each field; `more` ends the statement. No key may come twice.

    PostgreSQL takes all of them as one statement of arrays, so that it need not answer for each.
    """
    database = current()
    kinds = tuple((field.column_name, field.field_type) for field in fields)
    with as_peewees():
        if not database.for_update:
            database.cursor().executemany(_of_values(table, kinds, database.param) + more, rows)
        elif len(rows) == 1:
            database.cursor().execute(_of_values(table, kinds, database.param) + more, rows[0])
        else:
            by_field = [list(values) for values in zip(*rows, strict=True)]
            database.cursor().execute(_of_arrays(table, kinds) + more, by_field)


@cache
def _of_values(table: str, kinds: tuple[tuple[str, str], ...], mark: str) -> str:
    return f"{_into(table, kinds)} VALUES ({', '.join([mark] * len(kinds))})"


@cache
def _of_arrays(table: str, kinds: tuple[tuple[str, str], ...]) -> str:
    """Binary, since texts in an array are escaped else, which takes longer than all the rest."""
    arrays = ", ".join(f"%b::{_ARRAYS[kind]}[]" for _, kind in kinds)
    return f"{_into(table, kinds)} SELECT * FROM unnest({arrays})"  # noqa: S608 - names from the models


def _into(table: str, kinds: tuple[tuple[str, str], ...]) -> str:
    names = ", ".join(f'"{name}"' for name, _ in kinds)
    return f"INSERT INTO {table} ({names})"
