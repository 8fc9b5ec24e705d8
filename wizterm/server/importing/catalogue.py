"""Placing price lists and products."""

from __future__ import annotations

from collections.abc import Sequence

from peewee import Case

from wizterm.protocol.replica import BY_NAME
from wizterm.server.importing.context import DESCRIPTIONS, Context, Row
from wizterm.server.importing.keeping import standing_places, without_strangers
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column, columns
from wizterm.server.store.upserting import chunks

AT_ONCE = 500


class PriceLists:
    def __init__(self, context: Context) -> None:
        self._context = context

    def place(self, placed: Sequence[Row]) -> None:
        self._context.put(
            "price_lists",
            [
                (
                    row["id"],
                    row["name"],
                    row["currency"],
                    _flag(row, "falls_back_to_base"),
                    _flag(row, "default"),
                    row["order_minimum"],
                )
                for row in placed
                if self._context.first_time("price_lists", row["id"], row)
            ],
            said=placed[0].values if placed else (),
        )

    def finish(self, *, replace: bool) -> None:
        if replace:
            for gone in self._context.remove_missing("price_lists"):
                self._context.remove("prices", self._context.keys_where("prices", "price_list", [gone]))
        marked = (column("price_lists", "is_default") == 1) & ~MIRROR["price_lists"].deleted
        count = MIRROR["price_lists"].select().where(marked).count()
        if self._context.keeps and not count:
            self._mark_first()
        if count > 1:
            self._context.faults.of("price_lists", 0, f"expected one default list, got {count}")
            self._context.faults.refuse()

    def _mark_first(self) -> None:
        """Another system does not know which list is for those who have none: the first it names, until we say."""
        first = next(iter(self._context.seen["price_lists"]), "")
        live = (column("price_lists", "id") == first) & ~MIRROR["price_lists"].deleted
        for row in rows(MIRROR["price_lists"].select(*columns(BY_NAME["price_lists"])).where(live)):
            self._context.put("price_lists", [(*row[:4], 1, *row[5:])])


class Products:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._position = 0
        self._currency = context.default_currency()

    def place(self, placed: Sequence[Row]) -> None:
        if self._context.keeps:
            placed = without_strangers(placed)
        rows_ = [row for row in placed if self._context.first_time("products", row["sku"], row) and self._priced(row)]
        positions = self._positions([row["sku"] for row in rows_])
        said = rows_[0].values if rows_ else ()
        if self._context.put("products", [self._product(row) for row in rows_], positions, said=said):
            self._context.touched.update(positions)
        _renumber(positions)

    def finish(self, *, replace: bool) -> None:
        if replace:
            for gone in chunks(sorted(self._context.remove_missing("products")), AT_ONCE):
                for table in ("prices", "stock", "units", "codes", *DESCRIPTIONS):
                    self._context.remove(table, self._context.keys_where(table, "sku", gone))

    def _positions(self, skus: list[str]) -> dict[str, int]:
        """In the order of the file; where the rows are only some, each keeps its place and the new ones come last."""
        standing, last = standing_places(skus) if self._context.keeps else ({}, self._position)
        fresh = [sku for sku in skus if sku not in standing]
        self._position = last + len(fresh)
        return standing | {sku: place for place, sku in enumerate(fresh, start=last + 1)}

    def _priced(self, row: Row) -> bool:
        if (row["base_price"] or row["floor_price"]) and not (row["base_currency"] or self._currency):
            self._context.faults.at(row.file, row.line, "base_currency", "the currency of the base or floor price", "")
            return False
        return True

    def _product(self, row: Row) -> tuple[str | int, ...]:
        texts = "sku name description category brand gtin"
        figures = "case_quantity moq ioq order_limit base_price"
        return (
            *(row[name] for name in texts.split()),
            row["unit"] or "each",
            *(row[name] for name in figures.split()),
            (row["base_currency"] or self._currency) if row["base_price"] or row["floor_price"] else "",
            _flag(row, "discontinued"),
            *(row[name] for name in ("family", "colour", "size", "listed_on")),
            int(row["discountable"] == "0"),
            row["max_discount"],
            row["floor_price"],
            _flag(row, "counts_together"),
            row["tax_code"],
        )


def _flag(row: Row, name: str) -> int:
    return int(row[name] or "0")


def _renumber(positions: dict[str, int]) -> None:
    """The selling order is the file's; a product that only moved in it is not new to any device."""
    sku, position = column("products", "sku"), column("products", "position")
    for chunk in chunks(list(positions), AT_ONCE):
        standing = dict(rows(MIRROR["products"].select(sku, position).where(sku.in_(chunk))))
        moved = [(name, positions[name]) for name in chunk if standing.get(name) != positions[name]]
        if moved:
            MIRROR["products"].update({position: Case(sku, moved, position)}).where(
                sku.in_([name for name, _ in moved])
            ).execute()
