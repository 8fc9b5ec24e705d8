"""The calls of one errand: they end together, before another worker takes the delivery for abandoned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from wizterm.connectors.base import LEASE_SECONDS
from wizterm.connectors.faults import NotDone
from wizterm.connectors.http import READ_SECONDS, SOON
from wizterm.connectors.records import records
from wizterm.connectors.zoho.answers import Row
from wizterm.connectors.zoho.api import Api, Call

ERRAND_SECONDS = LEASE_SECONDS - 20
"""Room for the last call to be answered, and the answer to be written down."""
LEAST_SECONDS = 1.0
"""With less a call is not begun."""
PAGE = 200
"""The most rows Zoho gives at a time."""


class Calls:
    def __init__(self, api: Api, monotonic: Callable[[], float], seconds: float = ERRAND_SECONDS) -> None:
        """They end within so many seconds, but for a token that is needed first."""
        self._api = api
        self._monotonic = monotonic
        self._seconds = seconds
        self._until = monotonic() + seconds

    def get(self, path: str, **query: str) -> Row:
        """Raises a `Fault`."""
        return self._call("GET", path, query, None)

    def post(self, path: str, body: Row | None = None, **query: str) -> Row:
        return self._call("POST", path, query, body)

    def delete(self, path: str) -> None:
        self._call("DELETE", path, {}, None)

    def page(self, path: str, number: int, query: Mapping[str, str], most: int = PAGE) -> tuple[list[Row], bool]:
        """The rows of one page, and whether another follows."""
        said = self.get(path, page=str(number), per_page=str(most), **query)
        (context,) = records([said.get("page_context") or {}], "Zoho")
        return records(said.get(path) or None, "Zoho"), bool(context.get("has_more_page"))

    def rows(self, path: str, **query: str) -> Iterator[Row]:
        """Page after page, each asked for when it is wanted.

        What a filter names is to be compared once more: one that Zoho does not know it passes over in silence.
        """
        number, more = 1, True
        while more:
            found, more = self.page(path, number, query)
            yield from found
            number += 1

    def _call(self, verb: str, path: str, query: dict[str, str], body: Row | None) -> Row:
        left = self._until - self._monotonic()
        if left < LEAST_SECONDS:
            raise NotDone(f"Zoho took more than {self._seconds:.0f} seconds.", SOON)
        return self._api.answer(Call(verb, path, query, body, min(left, READ_SECONDS)))
