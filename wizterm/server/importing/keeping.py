"""Rows from another system that knows only a part of each: what it does not say stays as it is here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from peewee import fn

from wizterm.protocol.catalogue import Value
from wizterm.protocol.replica import BY_NAME
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column, columns

if TYPE_CHECKING:
    from wizterm.server.importing.context import Row

CALLED = {"no_discount": "discountable", "is_default": "default", "falls_back": "falls_back_to_base"}
"""Columns that files call by another name."""


def kept(table: str, placed: Sequence[tuple[Value, ...]], said: Collection[str]) -> list[tuple[Value, ...]]:
    """These rows, each with what stands already in the columns that nothing was said of."""
    names = BY_NAME[table].columns
    stays = {place for place, name in enumerate(names) if place and CALLED.get(name, name) not in said}
    live = _live(table, columns(BY_NAME[table]), [str(row[0]) for row in placed])
    standing = {row[0]: row for row in live}
    return [
        tuple(standing[row[0]][place] if place in stays else cell for place, cell in enumerate(row))
        if row[0] in standing
        else row
        for row in placed
    ]


def standing_places(skus: Sequence[str]) -> tuple[dict[str, int], int]:
    """Where these products are in the selling order, and the last place of all."""
    position = column("products", "position")
    (last,) = rows(MIRROR["products"].select(fn.MAX(position)))[0]
    return dict(_live("products", [column("products", "sku"), position], skus)), last or 0


def without_strangers(placed: Sequence[Row]) -> list[Row]:
    """Without products that are no longer sold and never were here."""
    here = {row[0] for row in _live("products", [column("products", "sku")], [row["sku"] for row in placed])}
    return [row for row in placed if row["discontinued"] != "1" or row["sku"] in here]


def _live(table: str, wanted: Sequence[Any], keys: Sequence[str]) -> list[tuple[Any, ...]]:
    model, key = MIRROR[table], column(table, BY_NAME[table].key)
    return rows(model.select(*wanted).where(key.in_(list(keys)) & ~model.deleted))
