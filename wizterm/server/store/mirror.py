"""The replicated tables as the server keeps them: the replica's columns, with what the feed needs beside them."""

from __future__ import annotations

from typing import Any, Final, cast

from peewee import BigIntegerField, BooleanField, CompositeKey, Field, IntegerField, TextField

from wizterm.protocol import replica
from wizterm.server.store.base import Stored


class Mirrored(Stored):
    """A row that devices hold too. What is gone stays as a mark, so that devices hear of it."""

    seq = BigIntegerField()
    """Number of the transaction that changed it last."""
    deleted = BooleanField(default=False)
    hash = BigIntegerField()
    """`replica.row_hash` of the replicated columns."""


class Assignment(Stored):
    """Which customers are a rep's, and which were."""

    rep = TextField()
    customer = TextField()
    seq = BigIntegerField()
    active = BooleanField()

    class Meta:
        table_name = "assignments"
        primary_key = CompositeKey("rep", "customer")


class CatalogueFile(Stored):
    """A ready file of the catalogue part, for every rep with this set of price lists."""

    sha256 = TextField()
    lists = TextField()
    """Fingerprint of the set; two sets may show the same."""
    schema = IntegerField()
    seq = BigIntegerField()
    bytes = BigIntegerField()
    unpacked_bytes = BigIntegerField()
    built_at = BigIntegerField()

    class Meta:
        table_name = "catalogue_files"
        primary_key = CompositeKey("sha256", "lists")


def _mirrored(table: replica.Table) -> type[Mirrored]:
    fields: dict[str, Field[Any]] = {
        name: BigIntegerField() if kind == "INTEGER" else TextField(primary_key=name == table.key)
        for name, kind in zip(table.columns, table.types, strict=True)
    }
    if table.name == "products":
        fields |= {
            "position": BigIntegerField(default=0),
            "lists": TextField(default=""),
            "once_listed": TextField(default=""),
        }
    meta = type("Meta", (), {"table_name": table.name})
    return cast("type[Mirrored]", type(table.name.title().replace("_", ""), (Mirrored,), {**fields, "Meta": meta}))


MIRROR: Final = {table.name: _mirrored(table) for table in replica.TABLES}
"""By the name of the replicated table. Products have three columns more: `position` is their place in the selling
order, `lists` the tokens of the price lists that show them, `once_listed` of all that ever did."""


def columns(table: replica.Table) -> list[Field[Any]]:
    """The replicated columns, in the wire's order."""
    fields = MIRROR[table.name]._meta.fields  # noqa: SLF001 - Peewee's documented way to a model's fields
    return [fields[name] for name in table.columns]


def column(table: str, name: str) -> Field[Any]:
    """One column of a mirrored table, for conditions."""
    return cast("Field[Any]", getattr(MIRROR[table], name))


def renumber(before: int, after: int) -> None:
    """The rows that bear one number bear another."""
    models: tuple[type[Mirrored | Assignment], ...] = (*MIRROR.values(), Assignment)
    for model in models:
        model.update(seq=after).where(model.seq == before).execute()
