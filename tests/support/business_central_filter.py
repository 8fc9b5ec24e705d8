"""So much of OData's conditions as the connector uses; what is beyond that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

_TEXT = r"'((?:[^']|'')*)'"
_EQUAL = re.compile(rf"(\w+) eq {_TEXT}")
_BEGINS = re.compile(rf"startswith\((\w+),{_TEXT}\)")
_SINCE = re.compile(r"(\w+) ge (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)")


class ConditionError(ValueError):
    """No condition that is known here."""


def condition(said: str) -> Callable[[dict], bool]:
    """One, or several of one field with `or` between."""
    parts = re.split(r" or (?=(?:[^']*'[^']*')*[^']*$)", said)
    tests = [_test(part) for part in parts]
    if len({part.split(" ")[0] for part in parts}) > 1:
        raise ConditionError(f"several fields with or between: {said}")
    return lambda row: any(test(row) for test in tests)


def _test(said: str) -> Callable[[dict], bool]:
    if found := _EQUAL.fullmatch(said):
        field, value = found[1], _meant(found[2])
        return lambda row: _upper(row, field) == value
    if found := _BEGINS.fullmatch(said):
        start, value = found[1], _meant(found[2])
        return lambda row: _upper(row, start).startswith(value)
    if found := _SINCE.fullmatch(said):
        stamp, since = found[1], datetime.fromisoformat(found[2])
        return lambda row: datetime.fromisoformat(row[stamp]) >= since
    raise ConditionError(said)


def _meant(text: str) -> str:
    """Codes are in capitals, and are asked for in capitals."""
    return text.replace("''", "'").upper()


def _upper(row: dict, field: str) -> str:
    if field not in row:
        raise ConditionError(f"no field {field}")
    return str(row[field]).upper()
