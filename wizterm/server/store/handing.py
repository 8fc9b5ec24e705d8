"""Carts on their way from one device of a rep to another."""

from __future__ import annotations

from peewee import BigIntegerField, TextField

from wizterm.server.store.base import Stored


class HandoverRow(Stored):
    id = TextField(primary_key=True)
    """Made by the device that handed it over; kept for ever, so that a late repetition finds what became of it."""
    rep = TextField()
    device = TextField()
    at = BigIntegerField()
    label = TextField()
    """JSON."""
    sha256 = TextField()
    body = TextField()
    """Empty a while after it was taken."""
    taken_by = TextField(default="")
    """The device; empty while it waits."""
    taken_at = BigIntegerField(default=0)
    arrived_at = BigIntegerField(default=0)
    """When the device that took it was heard again; zero before."""

    class Meta:
        table_name = "handovers"
