"""The rows of device.db. Queries name their database (`query.execute(db)`), so several devices fit one process."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, CompositeKey, IntegerField, Model, TextField


class Setting(Model):
    name = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "setting"


class CartRow(Model):
    id = TextField(primary_key=True)
    name = TextField()
    customer = TextField()
    """Public id; empty for a guest cart."""
    price_list = TextField()
    currency = TextField()
    note = TextField()
    discounts = TextField()
    """JSON."""
    touched_at = BigIntegerField()
    """Epoch milliseconds; the cart touched last is the one at hand."""
    details = TextField()
    """JSON."""
    revision = IntegerField(default=1)
    quote = TextField(default="")
    fees = TextField(default="[]")
    """JSON."""
    approvals = TextField(default="[]")
    """JSON."""
    revised = TextField(default="null")
    """JSON."""
    held = IntegerField(default=0)
    """Put aside: passed over when going from cart to cart."""
    discarded = IntegerField(default=0)
    """1: thrown away, and kept a while in case that was a mistake; 2: handed over, and locked."""

    class Meta:
        table_name = "cart"


class CartLineRow(Model):
    cart = TextField()
    id = TextField()
    position = IntegerField()
    body = TextField()
    """The line as JSON."""

    class Meta:
        table_name = "cart_line"
        primary_key = CompositeKey("cart", "id")


class CartStep(Model):
    position = AutoField()
    cart = TextField()
    body = TextField()
    """The change as JSON."""
    undone = IntegerField(default=0)

    class Meta:
        table_name = "cart_step"


class HandoverRow(Model):
    """A cart that is on the server, on its way there or from there, or was."""

    id = TextField(primary_key=True)
    cart = TextField()
    stage = TextField()
    ours = IntegerField()
    """Whether the cart was handed over here, and stands here still, locked."""
    tried = IntegerField(default=0)
    """Whether it may have arrived."""
    label = TextField()
    """JSON."""
    device = TextField(default="")
    """Name of the device it came from, or of the one that took it."""
    at = BigIntegerField()
    """When it was handed over or taken, by the server's clock."""
    changed_at = BigIntegerField()
    """When that was heard here."""
    sha256 = TextField()
    body = TextField(default="")

    class Meta:
        table_name = "handover"


class CodeBinding(Model):
    code = TextField(primary_key=True)
    kind = TextField()
    key = TextField()
    unit = TextField(default="")

    class Meta:
        table_name = "code_binding"


class Document(Model):
    """A submitted document: its bytes never change, its state does."""

    id = TextField()
    revision = IntegerField()
    kind = TextField()
    number = TextField()
    customer = TextField()
    customer_name = TextField()
    currency = TextField()
    total = TextField()
    body = TextField()
    sha256 = TextField()
    submitted_at = BigIntegerField()
    state = TextField()
    external = TextField(default="")
    """The ERP's number."""
    words = TextField(default="")
    """What a refusal said."""
    field = TextField(default="")
    epoch = TextField(default="")
    sequence = BigIntegerField(null=True)
    """From the receipt."""
    delivered_at = BigIntegerField(null=True)

    class Meta:
        table_name = "document"
        primary_key = CompositeKey("id", "revision")


class Outbox(Model):
    """One row for each document that the company has no receipt for."""

    position = AutoField()
    """The order they were submitted in."""
    id = TextField()
    revision = IntegerField()
    after = TextField(default="")
    """Id of a document that must be delivered first; empty for none."""
    held = IntegerField(default=0)
    attempts = IntegerField(default=0)
    next_try_at = BigIntegerField(default=0)
    why = TextField(default="")
    """Why it waits, for the rep."""
    trouble = TextField(default="")
    """What it alone has failed with, over and over; empty where it has not."""
    troubled_since = BigIntegerField(default=0)
    listed = IntegerField(default=0)
    """Whether a person has to look at it, though the company has not refused it."""
    sealed = IntegerField(default=0)
    """Whether it stands in a file for the office too."""
    said = TextField(default="")
    """What the company says became of it, as JSON, where that came before its receipt."""
    unheard = IntegerField(default=0)
    """Whether it was sent and may have arrived, though no answer was heard."""

    class Meta:
        table_name = "outbox"


class Replay(Model):
    """One row for each delivered document that the company's server has forgotten."""

    position = AutoField()
    id = TextField()
    revision = IntegerField()
    attempts = IntegerField(default=0)
    next_try_at = BigIntegerField(default=0)

    class Meta:
        table_name = "replay"


class DocumentEvent(Model):
    position = AutoField()
    id = TextField()
    revision = IntegerField()
    state = TextField()
    at = BigIntegerField()
    words = TextField(default="")

    class Meta:
        table_name = "document_event"
