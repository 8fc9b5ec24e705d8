"""The calls of one errand: they end together, before another worker takes the delivery for abandoned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from wizterm.connectors.base import LEASE_SECONDS
from wizterm.connectors.business_central.answers import Row
from wizterm.connectors.business_central.rest import NEWEST, Rest, query
from wizterm.connectors.faults import NotDone
from wizterm.connectors.http import READ_SECONDS, SOON
from wizterm.connectors.records import records

ERRAND_SECONDS = LEASE_SECONDS - 30
"""Room for the last call, a token that must be fetched for it, and the answer to be written down."""
LEAST_SECONDS = 1.0
"""With less a call is not begun."""
AT_ONCE = 20
"""Values in one question: it travels in the address."""


@dataclass(frozen=True, slots=True)
class Found:
    rows: list[Row]
    more: str
    """Query that gives what follows; empty at the end."""


class Calls:
    def __init__(
        self, rest: Rest, monotonic: Callable[[], float], seconds: float = ERRAND_SECONDS, company: str = ""
    ) -> None:
        """They end within so many seconds, but for a token that is fetched first. `company` is its id."""
        self._rest = rest
        self._monotonic = monotonic
        self._seconds = seconds
        self._until = monotonic() + seconds
        self._company = company

    def companies(self) -> list[Row]:
        return self._rows("companies", "")

    def within(self, company: str) -> None:
        """From now on all is asked of this company."""
        self._company = company

    def find(self, entity: str, condition: str = "", *, select: str = "", expand: str = "") -> list[Row]:
        """Those there are this moment. Raises `NotDone`."""
        options = {"filter": condition, "select": select, "expand": expand}
        return self._rows(self._path(entity), query(**{name: said for name, said in options.items() if said}))

    def among(self, entity: str, field: str, values: Collection[str], *, select: str) -> Iterator[Row]:
        """Those whose field is one of the values."""
        wanted = sorted(set(values))
        for first in range(0, len(wanted), AT_ONCE):
            condition = " or ".join(f"{field} eq {text(value)}" for value in wanted[first : first + AT_ONCE])
            yield from self.find(entity, condition, select=select)

    def one(self, entity: str, number: str, *, expand: str) -> Row:
        """By its id. Raises `NotDone`."""
        path = self._path(f"{entity}({number})")
        return self._rest.get(path, query(expand=expand), NEWEST, self._read_seconds())

    def page(self, entity: str, asked: str, size: int) -> Found:
        """Some of very many; what is said may be some seconds old. Raises `NotDone`."""
        prefer = {"Prefer": f"odata.maxpagesize={size}"}
        return _found(self._rest.get(self._path(entity), asked, prefer, self._read_seconds()))

    def create(self, path: str, values: Row) -> Row:
        """Raises a `Fault`, as do the next two."""
        return self._rest.write("POST", self._path(path), values, "", self._read_seconds())

    def change(self, path: str, etag: str, values: Row) -> Row:
        return self._rest.write("PATCH", self._path(path), values, etag, self._read_seconds())

    def remove(self, path: str, etag: str) -> None:
        self._rest.write("DELETE", self._path(path), None, etag, self._read_seconds())

    def _rows(self, path: str, asked: str) -> list[Row]:
        rows: list[Row] = []
        while True:
            found = _found(self._rest.get(path, asked, NEWEST, self._read_seconds()))
            rows += found.rows
            if not found.more:
                return rows
            asked = found.more

    def _path(self, within: str) -> str:
        return f"companies({self._company})/{within}"

    def _read_seconds(self) -> float:
        left = self._until - self._monotonic()
        if left < LEAST_SECONDS:
            raise NotDone(f"Business Central took more than {self._seconds:.0f} seconds.", SOON)
        return min(left, READ_SECONDS)


def _found(said: Row) -> Found:
    """Of the address of the next page only the query counts: a token goes to no other host than the one set up."""
    return Found(records(said.get("value"), "Business Central"), urlsplit(str(said.get("@odata.nextLink", ""))).query)


def text(value: str) -> str:
    """As a condition has it."""
    escaped = value.replace("'", "''")
    return f"'{escaped}'"
