"""As much of QuickBooks's query language as is used, and nothing beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from operator import eq, ge

from tests.support.quickbooks_fields import FILTERABLE

_QUERY = re.compile(
    r"select \* from (?P<entity>\w+)(?: where (?P<where>.+?))?"
    r"(?: orderby Id startposition (?P<start>\d+) maxresults (?P<most>\d+))?",
    re.DOTALL,
)
_LITERAL = r"'(?:[^'\\]|\\.)*'"
_CONDITION = re.compile(
    rf"(?P<field>[\w.]+) (?:(?P<op>=|>=) (?P<value>{_LITERAL})|in \((?P<values>(?:{_LITERAL}|true|false|, )+)\))"
)
_VALUE = re.compile(rf"{_LITERAL}|true|false")
HIDDEN = ("Customer", "Item")
"""Only those that are active are shown of these, where nothing else is asked for."""
MOST = 1000

Row = dict
Test = Callable[[Row], bool]


class QueryError(Exception):
    """It is no query, or not one that QuickBooks answers."""


def run(query: str, tables: dict[str, list[Row]]) -> tuple[str, list[Row]]:
    """The entity's name, and a page of its rows."""
    found = _QUERY.fullmatch(query)
    if not found or found["entity"] not in FILTERABLE:
        raise QueryError(f"Error parsing query: {query}")
    entity = found["entity"]
    tests = _tests(entity, found["where"] or "")
    start, most = int(found["start"] or 1), int(found["most"] or 100)
    if not 1 <= most <= MOST:
        raise QueryError("Invalid maxresults")
    rows = [row for row in sorted(tables[entity], key=lambda row: int(row["Id"])) if all(test(row) for test in tests)]
    return entity, rows[start - 1 : start - 1 + most]


def _tests(entity: str, where: str) -> list[Test]:
    tests, named, place = [], set(), 0
    while place < len(where):
        found = _CONDITION.match(where, place)
        if not found or found["field"] not in FILTERABLE[entity]:
            raise QueryError(f"Property not filterable or query not understood: {where[place:]}")
        named.add(found["field"])
        tests.append(_test(found))
        place = found.end()
        if place < len(where):
            if not where.startswith(" and ", place):
                raise QueryError(f"Error parsing query at: {where[place:]}")
            place += len(" and ")
    if entity in HIDDEN and "Active" not in named:
        tests.append(lambda row: row["Active"])
    return tests


def _test(found: re.Match[str]) -> Test:
    field = found["field"]
    if found["values"]:
        values = {_read(each) for each in _VALUE.findall(found["values"])}
        return lambda row: _value(row, field) in values
    compare = ge if found["op"] == ">=" else eq
    wanted = _read(found["value"])
    if field.endswith("Time"):
        wanted = datetime.fromisoformat(wanted)
    return lambda row: _value(row, field) is not None and compare(_value(row, field), wanted)


def _read(literal: str) -> str | bool:
    if literal in {"true", "false"}:
        return literal == "true"
    return re.sub(r"\\(.)", r"\1", literal[1:-1], flags=re.DOTALL)


def _value(row: Row, field: str) -> object:
    value: object = row
    for part in field.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if field.endswith("Time"):
        return datetime.fromisoformat(str(value))
    return value.get("value") if isinstance(value, dict) else value
