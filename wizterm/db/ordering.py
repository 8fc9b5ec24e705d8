"""Where each product stands when the list is in another order than that of sales.

The text index answers in the order of sales and in no other. For the rest, the place of every product that a price
list shows is worked out once for a state of the catalogue and kept: a page of the whole list is then a slice of an
array, and sorting what is found costs a look into one for each.
"""

from __future__ import annotations

from array import array
from heapq import nsmallest

from wizterm.db.replica_reader import ReplicaReader
from wizterm.domain.browsing import Order
from wizterm.protocol.replica import list_token

_QUERIES = {
    Order.NAME: "SELECT row FROM products ORDER BY name COLLATE NOCASE, row",
    Order.NEW: "SELECT row FROM products ORDER BY listed_on DESC, row",
    Order.STOCK: """
        SELECT row FROM products LEFT JOIN (SELECT sku AS counted, quantity FROM stock) ON counted = sku
        ORDER BY CAST(quantity AS REAL) DESC, row""",
    Order.PRICE: """
        SELECT row FROM products ORDER BY CAST(coalesce(
            (SELECT price FROM prices WHERE prices.sku = products.sku AND price_list = ?
                ORDER BY CAST(min_quantity AS REAL), valid_from DESC LIMIT 1), base_price) AS REAL), row""",
}
_SHOWN = "SELECT rowid FROM products_text WHERE products_text MATCH ?"
KEPT = 8


class Places:
    def __init__(self, reader: ReplicaReader) -> None:
        self._reader = reader
        self._state = ""
        self._kept: dict[tuple[Order, str], tuple[array[int], array[int]]] = {}

    def page(self, order: Order, price_list: str, after: int, limit: int) -> list[tuple[int, int]]:
        """Of all that the list shows the first ones after a place, each with its place; places count from 1."""
        _, row_at = self._of(order, price_list)
        return list(enumerate(row_at[after + 1 : after + 1 + limit], start=after + 1))

    def first(self, order: Order, price_list: str, rows: list[int], after: int, limit: int) -> list[tuple[int, int]]:
        """Of these rows, which the list shows, the first ones after a place."""
        places, row_at = self._of(order, price_list)
        chosen = nsmallest(limit, (place for place in map(places.__getitem__, rows) if place > after))
        return [(place, row_at[place]) for place in chosen]

    def _of(self, order: Order, price_list: str) -> tuple[array[int], array[int]]:
        """The place by row, and the row by place."""
        if self._state != (state := self._reader.state()):
            self._state = state
            self._kept.clear()
        key = order, price_list
        if key not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[key] = self._worked_out(*key)
        return self._kept[key]

    def _worked_out(self, order: Order, price_list: str) -> tuple[array[int], array[int]]:
        values = (price_list,) if order is Order.PRICE else ()
        shown = {row for (row,) in self._reader.rows(_SHOWN, (f'lists : "{list_token(price_list)}"',))}
        row_at = array("q", [0])
        row_at.extend(row for (row,) in self._reader.rows(_QUERIES[order], values) if row in shown)
        places = array("q", bytes(8 * (max(row_at) + 1)))
        for place, row in enumerate(row_at):
            places[row] = place
        return places, row_at
