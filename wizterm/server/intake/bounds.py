"""Values that fit their type and that no sum, or no store, can take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import inspect

from wizterm.domain.money import MOST

MOST_DECIMALS = 12
NUL = "\x00"
"""In no text that a person wrote, and PostgreSQL keeps none with it."""


def boundless(value: Any) -> str:
    """Where an amount stands that no sum can take; empty where there is none."""
    return "" if _bounded(value) else _place(value).lstrip(".")


def _bounded(value: Any) -> bool:
    """A batch of fifty orders has 10,000 values that are amounts or hold some: this is a quarter of its taking."""
    if isinstance(value, Decimal):
        return _fits(value)
    if isinstance(value, tuple):
        return all(map(_bounded, value))
    if isinstance(value, msgspec.Struct):
        return _bounded(_amounts_of(type(value))(value))
    return True


def _place(value: Any) -> str:
    """Where the first amount without bounds stands, as it is written behind the value's own place."""
    parts: Iterable[tuple[str, Any]] = ()
    if isinstance(value, tuple):
        parts = ((f"[{index}]", item) for index, item in enumerate(value))
    elif isinstance(value, msgspec.Struct):
        parts = ((f".{name}", getattr(value, name)) for name in value.__struct_fields__)
    return next((f"{name}{_place(item)}" for name, item in parts if not _bounded(item)), "")


def _fits(amount: Decimal) -> bool:
    text = str(amount)
    if len(text) <= MOST_DECIMALS and text.lower() == text:  # no exponent, NaN or Infinity: nearly every amount
        return True
    exponent = amount.as_tuple().exponent
    fits = isinstance(exponent, int) and -MOST_DECIMALS <= exponent <= 0 and abs(amount) < MOST
    return fits or amount.is_zero()


def unprintable(value: Any, path: str = "") -> str:
    """Where a text has a NUL; empty where there is none."""
    if isinstance(value, str):
        return path if NUL in value else ""
    if isinstance(value, tuple):
        return next((at for i, item in enumerate(value) if (at := unprintable(item, f"{path}[{i}]"))), "")
    if isinstance(value, msgspec.Struct):
        names = value.__struct_fields__
        return next((at for n in names if (at := unprintable(getattr(value, n), f"{path}.{n}".strip(".")))), "")
    return ""


@cache
def _amounts_of(kind: type[msgspec.Struct]) -> Callable[[msgspec.Struct], Any]:
    """Gets those fields that can have an amount in them, one by itself or several as a tuple: nine of ten cannot."""
    names = _bearing_amounts(kind)
    return attrgetter(*names) if names else lambda _: ()


@cache
def _bearing_amounts(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    described = inspect.type_info(kind)
    assert isinstance(described, inspect.StructType)
    return tuple(field.name for field in described.fields if _can_bear(field.type))


def _can_bear(described: inspect.Type) -> bool:
    match described:
        case inspect.DecimalType() | inspect.AnyType():
            return True
        case inspect.StructType(cls=kind):
            return bool(_bearing_amounts(kind))
        case inspect.UnionType(types=types):
            return any(map(_can_bear, types))
        case inspect.VarTupleType(item_type=item):
            return _can_bear(item)
        case inspect.TupleType(item_types=items):
            return any(map(_can_bear, items))
        case _:
            return False
