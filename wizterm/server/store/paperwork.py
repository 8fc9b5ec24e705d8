"""Documents, what happened to them, and their way to the outside."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, CompositeKey, IntegerField, TextField

from wizterm.server.store.base import Stored


class TakenDocument(Stored):
    """A document exactly as it came; only its state moves."""

    id = TextField()
    revision = IntegerField()
    kind = TextField()
    sha256 = TextField()
    body = TextField()
    rep = TextField()
    device = TextField()
    number = TextField()
    customer = TextField()
    """Public id; empty where it has none."""
    about = TextField()
    """Id of the document a cancellation takes back."""
    sequence = BigIntegerField()
    """On the receipt."""
    seq = BigIntegerField()
    """Number of the transaction that changed its state last: what the feed goes by."""
    taken_at = BigIntegerField()
    changed_at = BigIntegerField()
    state = TextField()
    external = TextField(default="")
    words = TextField(default="")
    field = TextField(default="")
    flags = TextField(default="[]")
    """Doubts for the office, as JSON."""
    doubted = BooleanField(default=False)
    """Whether nobody of the office has seen them yet."""
    mailed = TextField(default="")
    """What became of the customer's confirmation by mail, as the rep reads it."""

    class Meta:
        table_name = "documents"
        primary_key = CompositeKey("id", "revision")


class DocumentEvent(Stored):
    """One line of a document's history."""

    id = TextField(primary_key=True)
    document = TextField()
    revision = IntegerField()
    seq = BigIntegerField()
    at = BigIntegerField()
    state = TextField()
    words = TextField(default="")

    class Meta:
        table_name = "document_events"


class Delivery(Stored):
    """A document on its way to one target outside."""

    document = TextField()
    revision = IntegerField()
    target = TextField()
    rank = BigIntegerField()
    """Its document's place in the order of taking."""
    state = TextField()
    after = TextField(default="")
    """Id of a document whose delivery must be done first."""
    attempts = IntegerField(default=0)
    held = BooleanField(default=False)
    """Whether the office keeps it back."""
    next_try = BigIntegerField()
    lease_until = BigIntegerField(default=0)
    external = TextField(default="")
    words = TextField(default="")
    code = TextField(default="")
    """Why it was refused, where a program can act on it."""

    class Meta:
        table_name = "deliveries"
        primary_key = CompositeKey("document", "revision", "target")


class Outside(Stored):
    """How it goes with one target: what every worker must know before it begins something."""

    target = TextField(primary_key=True)
    troubles = IntegerField()
    """In a row, up to now."""
    shut_until = BigIntegerField()
    minute = BigIntegerField()
    """When the minute began in which `begun` deliveries were begun."""
    begun = IntegerField()

    class Meta:
        table_name = "outsides"
