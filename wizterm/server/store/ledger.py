"""What the store knows of itself: its identity, and the numbers it has given out."""

from __future__ import annotations

from peewee import BigIntegerField, CompositeKey, TextField

from wizterm.server.store.base import Stored

SEQUENCE = "sequence"
"""Of writing transactions, in the order they commit."""
CATALOGUE = "catalogue"
"""The number of the last transaction that changed what devices replicate."""
INSTALLATIONS = "installations"
"""Installation codes allotted."""


class Fact(Stored):
    """Something that is said once for the whole store."""

    name = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "facts"


class Counter(Stored):
    name = TextField(primary_key=True)
    value = BigIntegerField()

    class Meta:
        table_name = "counters"


class Tally(Stored):
    """How often something happened, in all processes since the store was founded."""

    name = TextField()
    label = TextField()
    value = BigIntegerField()

    class Meta:
        table_name = "tallies"
        primary_key = CompositeKey("name", "label")


def fact(name: str) -> str:
    return Fact.get(Fact.name == name).value


def reading_of(name: str) -> int:
    """A counter's value."""
    return Counter.get(Counter.name == name).value


def draw(name: str) -> int:
    """The next number; the row stays locked until the transaction ends, so numbers follow commit order."""
    drawn = Counter.update(value=Counter.value + 1).where(Counter.name == name).returning(Counter.value)
    (counter,) = drawn.execute()
    return int(counter.value)
