"""What comes from outside: the ERP's own names, how far its catalogue has been pulled, and which files were taken."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, CompositeKey, TextField

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
    left_out = TextField(default="")
    """Rows of the last walk that had a fault, a line for each."""
    under_way = BooleanField(default=False)
    """Whether the cursor stands in the middle of a walk."""

    class Meta:
        table_name = "pulls"


class ImportedFile(Stored):
    """A file of the watched folder whose rows are in the store; written with them."""

    name = TextField()
    sha256 = TextField()
    stamped = BigIntegerField()
    """The file's own time of change, in nanoseconds: the same name and content may come again another day."""
    at = BigIntegerField()

    class Meta:
        table_name = "imported_files"
        primary_key = CompositeKey("name", "sha256", "stamped")
