"""Placing what was agreed with customers and what they have bought: contracts, history and wishlists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from wizterm.server import customer_orders
from wizterm.server.importing.context import Context, Row
from wizterm.server.importing.customers import ids_of
from wizterm.server.importing.overlaps import overlaps
from wizterm.server.row_keys import joined


class Contracts:
    def __init__(self, context: Context) -> None:
        self._context = context

    def place(self, placed: Sequence[Row]) -> None:
        context = self._context
        ids = ids_of({row["customer"] for row in placed})
        good = context.referred(placed, "customer", "sku")
        made = []
        for row in good:
            start, customer = row["min_quantity"] or "1", ids[row["customer"]]
            key = joined(customer, row["sku"], row["currency"], start, row["valid_from"])
            if context.first_time("contracts", key, row) and context.in_order(row):
                made.append(
                    (
                        key,
                        customer,
                        row["sku"],
                        start,
                        row["price"],
                        row["currency"],
                        row["valid_from"],
                        row["valid_to"],
                    )
                )
        context.put("contracts", made)

    def finish(self, *, replace: bool) -> None:
        if replace:
            self._context.remove_missing("contracts")
        self._context.warnings += overlaps("contracts", "customer", "sku", "currency")


class History:
    """Lines that confirmed orders brought make room for the company's own, and stay where it tells of no such order."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lines: Counter[str] = Counter()

    def place(self, placed: Sequence[Row]) -> None:
        ids = ids_of({row["customer"] for row in placed})
        made, told = [], set()
        for row in self._context.referred(placed, "customer"):
            bought = joined(ids[row["customer"]], row["order_number"], row["sku"])
            self._lines[bought] += 1
            key = f"{bought}|{self._lines[bought]}"
            self._context.seen["history"][key] = row.line
            told.add((ids[row["customer"]], row["order_number"]))
            made.append(
                (
                    key,
                    ids[row["customer"]],
                    row["order_number"],
                    row["date"],
                    row["sku"],
                    row["quantity"],
                    row["unit_price"],
                )
            )
        self._context.put("history", made)
        self._context.remove("history", customer_orders.told_anyway(told))

    def finish(self, *, replace: bool) -> None:
        if replace:
            self._context.remove_missing("history", but=customer_orders.is_booked)
        self._context.writing.lastly(self._make_room)

    def _make_room(self, since: int) -> None:
        """For orders that the files tell of and that were confirmed while they were read."""
        self._context.remove("history", customer_orders.told_twice(since))


class Wishlists:
    def __init__(self, context: Context) -> None:
        self._context = context

    def place(self, placed: Sequence[Row]) -> None:
        context = self._context
        ids = ids_of({row["customer"] for row in placed})
        good = context.referred(placed, "customer", "sku")
        keyed = [(joined(ids[row["customer"]], row["sku"]), row) for row in good]
        made = [
            (key, ids[row["customer"]], row["sku"], row["wished_on"])
            for key, row in keyed
            if context.first_time("wishlists", key, row)
        ]
        context.put("wishlists", made)

    def finish(self, *, replace: bool) -> None:
        if replace:
            self._context.remove_missing("wishlists")
