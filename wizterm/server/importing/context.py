"""What the kinds of one import share: the transaction, the faults, the figures, and look-ups of what others brought."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from wizterm.protocol.catalogue import Value
from wizterm.protocol.replica import BY_NAME
from wizterm.server.importing.faults import Faults
from wizterm.server.importing.keeping import kept
from wizterm.server.scope import default_list
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.upserting import take_away, upsert
from wizterm.server.store.writing import Writing

DESCRIPTIONS = ("media", "attributes", "collections", "modifiers", "modifier_options")
"""Tables whose rows belong to a product and go with it."""


REFERENCES: Final = {
    "price_list": ("price_lists", "id", "the id of a price list"),
    "customer": ("customers", "number", "the number of a customer"),
    "sku": ("products", "sku", "the sku of a product"),
}
"""The table and its column that cells under a name refer to, in every kind but the table's own."""
_FREE: Final = {("history", "sku")}
"""What was bought once may be no product any more."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a file, its cells read."""

    file: str
    line: int
    values: dict[str, str]
    sound: bool = True
    """Whether every cell could be read; `values` holds those that could."""

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


@dataclass(slots=True)
class Context:
    writing: Writing
    faults: Faults
    now: int
    changed: Counter[str] = field(default_factory=Counter)
    """Rows that were new or different, by table."""
    removed: Counter[str] = field(default_factory=Counter)
    touched: set[str] = field(default_factory=set)
    """Products that other lists may show now."""
    warnings: list[str] = field(default_factory=list)
    """What is allowed and may yet be a mistake."""
    seen: defaultdict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """Keys the files brought, with their lines, by table."""
    keeps: bool = False
    """Whether what the rows do not say stays as it is: another system knows a part of each row, and brings some rows
    at a time. One that names a product which is not here yet waits for the next time, one with a fault is left out."""

    def put(
        self,
        table: str,
        placed: Sequence[tuple[Value, ...]],
        positions: Mapping[str, int] | None = None,
        *,
        said: Collection[str] = (),
    ) -> int:
        """`said` are the columns that the rows came with, where there may be others to keep."""
        if self.keeps and said:
            placed = kept(table, placed, said)
        changed = upsert(self.writing, BY_NAME[table], placed, positions)
        self.changed[table] += changed
        return changed

    def remove(self, table: str, keys: Collection[str]) -> None:
        self.removed[table] += take_away(self.writing, BY_NAME[table], sorted(keys))

    def first_time(self, table: str, key: str, row: Row) -> bool:
        """Whether no line before said the same; a fault where one did."""
        seen = self.seen[table]
        if key in seen:
            self.faults.of(row.file, row.line, f"{key!a} stands on line {seen[key]} already, in {table}")
            return False
        seen[key] = row.line
        return True

    def known(self, table: str, name: str, wanted: Iterable[str]) -> set[str]:
        """Which of these values stand in a column of the live rows."""
        values = column(table, name)
        found = MIRROR[table].select(values).where(values.in_(sorted(set(wanted))) & ~MIRROR[table].deleted)
        return {row[0] for row in rows(found)}

    def referred(self, placed: Sequence[Row], *names: str) -> list[Row]:
        """The rows whose cells under these names all name something that exists; a fault for each that does not."""
        good = list(placed)
        for name in names:
            table, key, expected = REFERENCES[name]
            there = self.known(table, key, (row[name] for row in placed))
            for row in placed:
                if row[name] not in there and not (self.keeps and table == "products"):
                    self.faults.at(row.file, row.line, name, expected, row[name])
            good = [row for row in good if row[name] in there]
        return good

    def check_references(self, kind: str, faulty: Sequence[Row]) -> None:
        """What else is wrong with rows that are not placed, for one look is to mend all of it."""
        for name, (table, _, _) in REFERENCES.items():
            if table != kind and (kind, name) not in _FREE:
                self.referred([row for row in faulty if row.values.get(name)], name)

    def in_order(self, row: Row) -> bool:
        """Whether the row's days are not the wrong way round."""
        right = not (row["valid_from"] and row["valid_to"]) or row["valid_from"] <= row["valid_to"]
        if not right:
            self.faults.at(row.file, row.line, "valid_to", f"a day not before {row['valid_from']}", row["valid_to"])
        return right

    def remove_missing(self, table: str, but: Callable[[str], bool] = lambda _: False) -> set[str]:
        """Take away what the files did not bring, but for keys that stay all the same; gives the keys."""
        key = column(table, BY_NAME[table].key)
        standing = {row[0] for row in rows(MIRROR[table].select(key).where(~MIRROR[table].deleted))}
        gone = {key for key in standing - self.seen[table].keys() if not but(key)}
        self.remove(table, gone)
        return gone

    def keys_where(self, table: str, name: str, values: Sequence[str]) -> list[str]:
        """The keys of live rows with one of these values in a column."""
        wanted = column(table, name).in_(list(values)) & ~MIRROR[table].deleted
        return [row[0] for row in rows(MIRROR[table].select(column(table, BY_NAME[table].key)).where(wanted))]

    def default_currency(self) -> str:
        """Of the default price list; empty where there is none."""
        found = rows(
            MIRROR["price_lists"]
            .select(column("price_lists", "currency"))
            .where(column("price_lists", "id") == default_list())
        )
        return found[0][0] if found else ""
