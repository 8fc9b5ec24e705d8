"""What the ERP calls things by another name, and how far its catalogue has been pulled."""

from __future__ import annotations

from peewee import BigIntegerField, CompositeKey, TextField

from wizterm.server.store.base import Stored


class Mapping(Stored):
    kind = TextField()
    """item or customer."""
    ours = TextField()
    """A sku, the code of a fee, or a customer's public id."""
    theirs = TextField()

    class Meta:
        table_name = "mappings"
        primary_key = CompositeKey("kind", "ours")


class Pulled(Stored):
    """How far one kind of rows has been pulled."""

    what = TextField(primary_key=True)
    cursor = TextField(default="")
    """Commits with the rows it stands behind."""
    next_at = BigIntegerField(default=0)
    lease_until = BigIntegerField(default=0)
    """Until then it is some worker's."""
    done_at = BigIntegerField(default=0)
    """When it came to the end last."""
    words = TextField(default="")
    """What went wrong last; empty where nothing did."""

    class Meta:
        table_name = "pulls"
