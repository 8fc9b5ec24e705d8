"""Placing what describes products: attributes, and the collections they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from wizterm.server.importing.context import Context, Row
from wizterm.server.row_keys import joined


class Attributes:
    """A product may have several values of one attribute; they are shown in the file's order."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._places: Counter[str] = Counter()

    def place(self, placed: Sequence[Row]) -> None:
        context = self._context
        good = context.referred(placed, "sku")
        keyed = [(joined(row["sku"], row["attribute"], row["value"]), row) for row in good]
        context.put(
            "attributes",
            [
                (key, row["sku"], row["attribute"], row["value"], _next(self._places, row["sku"]))
                for key, row in keyed
                if context.first_time("attributes", key, row)
            ],
        )

    def finish(self, *, replace: bool) -> None:
        if replace:
            self._context.remove_missing("attributes")


class Collections:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._places: Counter[str] = Counter()

    def place(self, placed: Sequence[Row]) -> None:
        context = self._context
        good = context.referred(placed, "sku")
        keyed = [(joined(row["collection"], row["sku"]), row) for row in good]
        context.put(
            "collections",
            [
                (key, row["collection"], row["sku"], _next(self._places, row["collection"]))
                for key, row in keyed
                if context.first_time("collections", key, row)
            ],
        )

    def finish(self, *, replace: bool) -> None:
        if replace:
            self._context.remove_missing("collections")


def _next(places: Counter[str], owner: str) -> int:
    places[owner] += 1
    return places[owner]
