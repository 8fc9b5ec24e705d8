"""The calls of one errand: they end together, before another worker takes the delivery for abandoned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from wizterm.connectors.base import LEASE_SECONDS
from wizterm.connectors.faults import NotDone
from wizterm.connectors.http import READ_SECONDS, SOON
from wizterm.connectors.quickbooks.answers import Row
from wizterm.connectors.quickbooks.rest import Rest
from wizterm.connectors.records import records

ERRAND_SECONDS = LEASE_SECONDS - 30
"""Room for the last call, a token that must be fetched for it, and the answer to be written down."""
LEAST_SECONDS = 1.0
"""With less a call is not begun."""
MOST = 1000
"""Rows in one answer."""
AT_ONCE = 30
"""Values in one list: a question travels in the address."""


@dataclass(frozen=True, slots=True)
class Found:
    rows: list[Row]
    time: str
    """By QuickBooks's clock, where it says so."""


class Calls:
    def __init__(self, rest: Rest, monotonic: Callable[[], float], seconds: float = ERRAND_SECONDS) -> None:
        """None is begun later."""
        self._rest = rest
        self._monotonic = monotonic
        self._seconds = seconds
        self._until = monotonic() + seconds

    def page(self, entity: str, conditions: Collection[str] = (), *, start: int = 1, most: int = MOST) -> Found:
        """In the order of ids, from the row `start`, the first being 1. Raises `NotDone`."""
        where = f" where {' and '.join(conditions)}" if conditions else ""
        return self._found(entity, f"{where} orderby Id startposition {start} maxresults {most}")

    def all(self, entity: str, *conditions: str) -> list[Row]:
        rows: list[Row] = []
        while True:
            found = self.page(entity, conditions, start=len(rows) + 1).rows
            rows += found
            if len(found) < MOST:
                return rows

    def among(self, entity: str, field: str, values: Collection[str], *conditions: str) -> Iterator[Row]:
        """Those whose field is one of the values."""
        wanted = [text(value) for value in sorted(set(values))]
        for first in range(0, len(wanted), AT_ONCE):
            yield from self.all(entity, f"{field} in ({', '.join(wanted[first : first + AT_ONCE])})", *conditions)

    def one(self, entity: str) -> Row:
        """Of what a company has one of."""
        found = self._found(entity).rows
        if not found:
            raise NotDone(f"QuickBooks does not show the company's {entity}.", SOON)
        return found[0]

    def write(self, entity: str, values: Row, request: str, **operation: str) -> Row:
        """The same request a second time gets the answer of the first, and does nothing. Raises a `Fault`."""
        answer = self._rest.post(entity.lower(), {"requestid": request, **operation}, values, self._read_seconds())
        row: Row = answer.get(entity, {})
        return row

    def _found(self, entity: str, which: str = "") -> Found:
        query = f"select * from {entity}{which}"  # noqa: S608 - QuickBooks's own language; values went through text()
        answer = self._rest.get("query", {"query": query}, self._read_seconds())
        (response,) = records([answer.get("QueryResponse", {})], "QuickBooks")
        return Found(records(response.get(entity), "QuickBooks"), str(answer.get("time", "")))

    def _read_seconds(self) -> float:
        """Those that are left once there is a token, for which others may have been waited for."""
        self._rest.sign_in()
        left = self._until - self._monotonic()
        if left < LEAST_SECONDS:
            raise NotDone(f"QuickBooks took more than {self._seconds:.0f} seconds.", SOON)
        return min(left, READ_SECONDS)


def text(value: str) -> str:
    """As a query has it."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
