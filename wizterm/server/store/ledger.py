"""What the store knows of itself: its identity, and the numbers it has given out."""

from __future__ import annotations

from typing import Any

from peewee import BigIntegerField, CompositeKey, TextField

from wizterm.server.store.base import Stored
from wizterm.server.store.prepared import Question, prepared

SEQUENCE = "sequence"
"""Of writing transactions, in the order they commit."""
CATALOGUE = "catalogue"
"""The number of the last transaction that changed what devices replicate."""
SET_BACK_AT = "set_back_at"
"""A fact: when the store was restored last, in milliseconds since 1970."""
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
    return facts(name)[name]


def facts(*names: str) -> dict[str, str]:
    """Several at once."""
    return dict(_facts(list(names)))


def asked_for(*names: str) -> Question:
    """The same, to be asked together with other questions."""
    return _facts.of(list(names))


def reading_of(name: str) -> int:
    """A counter's value."""
    return int(_reading(name)[0][0])


def move_on(name: str, number: int) -> bool:
    """Set a counter to this number; False where it has come as far already. The row stays locked as after `draw`."""
    behind = (Counter.name == name) & (Counter.value < number)
    return bool(Counter.update(value=number).where(behind).execute())


def draw(name: str) -> int:
    """The next number; the row stays locked until the transaction ends, so numbers follow commit order."""
    return int(_drawn(name)[0][0])


def drawing(name: str) -> Question:
    """The same, to be asked together with what must be asked after it."""
    return _drawn.of(name)


def put(name: str, value: int) -> None:
    _put.change(name, value)


@prepared
def _facts(names: Any) -> Any:
    return Fact.select(Fact.name, Fact.value).where(Fact.name.in_(names))


@prepared
def _reading(name: Any) -> Any:
    return Counter.select(Counter.value).where(Counter.name == name)


@prepared
def _put(name: Any, value: Any) -> Any:
    return Counter.update(value=value).where(Counter.name == name)


@prepared
def _drawn(name: Any) -> Any:
    return Counter.update(value=Counter.value + 1).where(Counter.name == name).returning(Counter.value)
