"""Placing prices and stock."""

from __future__ import annotations

from collections.abc import Sequence

from wizterm.server.importing.context import Context, Row
from wizterm.server.importing.overlaps import overlaps
from wizterm.server.row_keys import joined
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column


class Prices:
    def __init__(self, context: Context) -> None:
        self._context = context

    def place(self, placed: Sequence[Row]) -> None:
        context = self._context
        good = context.referred(placed, "price_list", "sku")
        keyed = [
            (joined(row["sku"], row["price_list"], row["min_quantity"] or "1", row["valid_from"]), row) for row in good
        ]
        changed = context.put(
            "prices",
            [
                (
                    key,
                    row["price_list"],
                    row["sku"],
                    row["min_quantity"] or "1",
                    row["price"],
                    row["valid_from"],
                    row["valid_to"],
                )
                for key, row in keyed
                if context.first_time("prices", key, row) and context.in_order(row)
            ],
        )
        if changed:
            context.touched.update(row["sku"] for row in good)
        if context.keeps:
            self._remove_other_breaks(good)

    def _remove_other_breaks(self, placed: Sequence[Row]) -> None:
        """What a list says of a product it says whole: a break that is not among its rows is gone."""
        said = {(row["price_list"], row["sku"]) for row in placed}
        fields = [column("prices", name) for name in ("id", "price_list", "sku")]
        prices = MIRROR["prices"]
        wanted = ~prices.deleted & fields[2].in_(sorted({sku for _, sku in said}))
        seen = self._context.seen["prices"]
        gone = [
            key
            for key, price_list, sku in rows(prices.select(*fields).where(wanted))
            if (price_list, sku) in said and key not in seen
        ]
        self._context.remove("prices", gone)

    def finish(self, *, replace: bool) -> None:
        if replace:
            prices, key = MIRROR["prices"], column("prices", "id")
            skus = dict(rows(prices.select(key, column("prices", "sku")).where(~prices.deleted)))
            self._context.touched.update(skus[gone] for gone in self._context.remove_missing("prices"))
        self._context.warnings += overlaps("prices", "price_list", "sku")


class Stock:
    def __init__(self, context: Context) -> None:
        self._context = context

    def place(self, placed: Sequence[Row]) -> None:
        context = self._context
        good = context.referred(placed, "sku")
        counted = self._counted([row["sku"] for row in good])
        context.put(
            "stock",
            [
                (row["sku"], row["quantity"], counted.get((row["sku"], row["quantity"]), context.now))
                for row in good
                if context.first_time("stock", row["sku"], row)
            ],
        )

    def finish(self, *, replace: bool) -> None:
        if replace:
            self._context.remove_missing("stock")

    def _counted(self, skus: list[str]) -> dict[tuple[str, str], int]:
        """When the quantities that stand were counted: the same count again changes no row."""
        fields = [column("stock", name) for name in ("sku", "quantity", "counted_at")]
        found = rows(MIRROR["stock"].select(*fields).where(fields[0].in_(skus)))
        return {(sku, quantity): counted_at for sku, quantity, counted_at in found}
