"""Finding products in the text index: by words, and by what they are filtered by. A filter is one more word."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from wizterm.db.ordering import Places
from wizterm.db.replica_reader import ReplicaReader, prefixes
from wizterm.domain.browsing import Order
from wizterm.protocol import facets
from wizterm.protocol.replica import list_token

MOST_COUNTED = 10_000


class Had(StrEnum):
    """Whether the customer had a product before."""

    BEFORE = "before"
    NEVER = "never"


_HAD = (
    "+rowid {} IN (SELECT products.row FROM history JOIN products USING (sku) WHERE history.customer = ? "
    "UNION SELECT row FROM products WHERE sku IN (SELECT value FROM json_each(?)))"
)
"""The plus keeps SQLite from looking each of them up in the text index, which costs more than walking through it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to find, in the index's own terms."""

    price_list: str
    words: str = ""
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Names with the values of which a product must have one."""
    had: tuple[Had, ...] = ()
    customer: str = ""
    had_too: tuple[str, ...] = ()
    """SKUs of what the customer had besides what the history tells."""

    @property
    def is_whole_list(self) -> bool:
        """Whether it is everything that the list shows."""
        return not (prefixes(self.words) or self.facets or self.had)

    def match(self) -> str:
        """An FTS5 query: the list's word, the facets' words, and each word of the text as a beginning."""
        parts = [f'lists : "{list_token(self.price_list)}"']
        parts += [f"facets : ({_any(name, values)})" for name, values in self.facets]
        words = prefixes(self.words)
        return " AND ".join([*parts, f"{{name sku gtin description}} : ({words})"] if words else parts)

    def where(self) -> tuple[str, tuple[str, ...]]:
        """The condition on `products_text`, with its values."""
        if len(self.had) == 1:
            had = _HAD.format("NOT" if self.had[0] is Had.NEVER else "")
            return f"products_text MATCH ? AND {had}", (self.match(), self.customer, json.dumps(self.had_too))
        return "products_text MATCH ?", (self.match(),)


class Finder:
    def __init__(self, reader: ReplicaReader) -> None:
        self._reader = reader
        self._places = Places(reader)

    def rows(self, wanted: Wanted, order: Order, after: int, limit: int) -> list[tuple[int, int]]:
        """Places in that order, after the given one, with the rows that stand there."""
        where, values = wanted.where()
        if order is Order.BEST:
            found = self._reader.rows(
                f"SELECT rowid FROM products_text WHERE {where} AND rowid > ? ORDER BY rowid LIMIT ?",
                (*values, after, limit),
            )
            return [(row, row) for (row,) in found]
        if wanted.is_whole_list:
            return self._places.page(order, wanted.price_list, after, limit)
        found = self._reader.rows(f"SELECT rowid FROM products_text WHERE {where}", values)
        return self._places.first(order, wanted.price_list, [row for (row,) in found], after, limit)

    def count(self, wanted: Wanted) -> int:
        """How many products there are, counted up to `MOST_COUNTED`."""
        where, values = wanted.where()
        query = f"SELECT count(*) FROM (SELECT 1 FROM products_text WHERE {where} LIMIT ?)"
        return int(self._reader.rows(query, (*values, MOST_COUNTED))[0][0])

    def facets(self, wanted: Wanted) -> Counter[tuple[str, str]]:
        """By facet, how many of the products have it."""
        where, values = wanted.where()
        query = f"SELECT facets FROM products WHERE row IN (SELECT rowid FROM products_text WHERE {where})"
        words: Counter[str] = Counter()
        for (text,) in self._reader.rows(query, values):
            words.update(text.split())
        return Counter({facets.facet(word): count for word, count in words.items()})


def _any(name: str, values: tuple[str, ...]) -> str:
    return " OR ".join(f'"{facets.word(name, value)}"' for value in values)
