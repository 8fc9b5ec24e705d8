"""Values that fit their type and that no sum, or no store, can take."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

from wizterm.domain.money import MOST

MOST_DECIMALS = 12
NUL = "\x00"
"""In no text that a person wrote, and PostgreSQL keeps none with it."""


def boundless(value: Any) -> str:
    """Where an amount stands that no sum can take; empty where there is none."""
    place = _boundless(value)
    return place.lstrip(".") if place is not None else ""


def _boundless(value: Any) -> str | None:
    """The place as it is written behind the value's own; most values are none of these, and soon done with."""
    if isinstance(value, Decimal):
        return None if _fits(value) else ""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            if (place := _boundless(item)) is not None:
                return f"[{index}]{place}"
    elif isinstance(value, msgspec.Struct):
        for name in _bearing_amounts(type(value)):
            if (item := getattr(value, name)) is not None and (place := _boundless(item)) is not None:
                return f".{name}{place}"
    return None


def _fits(amount: Decimal) -> bool:
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
def _bearing_amounts(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """Names of the fields that can have an amount in them: nine of ten cannot, and a batch has 50,000 fields."""
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
