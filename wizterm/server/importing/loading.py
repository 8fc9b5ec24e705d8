"""Loading the files of one call: recognised, read, checked and placed in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from wizterm.domain.clock import Clock, milliseconds
from wizterm.domain.quantity import counted
from wizterm.server.importing import catalogue, customers, dealings, describing, modifiers, prices, terms
from wizterm.server.importing.context import Context, Row
from wizterm.server.importing.faults import SHOWN, CellError, Faults
from wizterm.server.importing.kinds import KINDS, Column, Kind, UnknownKindError, recognise
from wizterm.server.importing.sheets import Sheet, SheetError, sheets
from wizterm.server.importing.showing import show
from wizterm.server.store.copies import MetError
from wizterm.server.store.store import Store

CHUNK = 1_000
LARGE = 250_000
"""Bytes of the files, from which on reps are not to wait for it: about a second of an import."""
NEVER_NONE = frozenset({"price_lists", "products", "customers"})
"""Kinds that a company always has: a file of them without a row is an export that failed."""
Progress = Callable[[str, int], None]
"""Told the file and how many of its lines are done."""


class Placing(Protocol):
    """How rows of one kind are put into the store."""

    def place(self, placed: Sequence[Row]) -> None: ...

    def finish(self, *, replace: bool) -> None:
        """After the last row; where the files are the whole truth, what they did not bring goes."""
        ...


PLACINGS: dict[str, Callable[[Context], Placing]] = {
    "price_lists": catalogue.PriceLists,
    "products": catalogue.Products,
    "attributes": describing.Attributes,
    "collections": describing.Collections,
    "modifiers": modifiers.Modifiers,
    "prices": prices.Prices,
    "stock": prices.Stock,
    "units": terms.Units,
    "tax_rates": terms.TaxRates,
    "fees": terms.Fees,
    "promotions": terms.Promotions,
    "customers": customers.Customers,
    "contracts": dealings.Contracts,
    "history": dealings.History,
    "wishlists": dealings.Wishlists,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of it."""

    read: dict[str, int]
    """Lines by kind."""
    changed: dict[str, int]
    """Rows that were new or different, by table."""
    removed: dict[str, int]
    warnings: tuple[str, ...] = ()
    """What was loaded and may yet be a mistake."""

    def sentences(self) -> Iterator[str]:
        """A line for each figure, and for the first warnings."""
        for kind, count in self.read.items():
            yield f"{kind}: {count:,} read"
        for verb, counts in (("new or different", self.changed), ("taken away", self.removed)):
            for table, count in counts.items():
                yield f"{table}: {count:,} {verb}"
        for warning in self.warnings[:SHOWN]:
            yield f"{warning}."
        if len(self.warnings) > SHOWN:
            yield f"… and {counted(len(self.warnings) - SHOWN, 'more warning')}."


def load(
    store: Store,
    paths: Sequence[Path],
    *,
    clock: Clock,
    dry_run: bool = False,
    replace: bool = False,
    progress: Progress = lambda _file, _lines: None,
    beside: Callable[[], None] = lambda: None,
) -> Loaded:
    """Raises `ImportRefusedError` with what is wrong; then, and on a dry run, the store stays as it was.

    `beside` writes what is to commit together with the rows.
    """
    faults = Faults()
    recognised = list(_recognised(paths, faults))
    faults.refuse()
    large = sum(path.stat().st_size for path in paths) >= LARGE

    def loaded(*, large: bool) -> Loaded:
        with store.importing(large=large) as writing:
            writing.undone = dry_run
            writing.beside(beside)
            context = Context(writing, Faults(), milliseconds(clock.now()))
            return place(context, recognised, progress, replace=replace)

    try:
        return loaded(large=large)
    except MetError:
        return loaded(large=False)


def place(
    context: Context, recognised: Sequence[tuple[Kind, Sheet]], progress: Progress, *, replace: bool = False
) -> Loaded:
    """Within a transaction; raises `ImportRefusedError`, which must undo it."""
    read: dict[str, int] = {}
    for kind in KINDS:
        if of_kind := [sheet for found, sheet in recognised if found is kind]:
            read[kind.name] = _load_kind(kind, of_kind, context, progress, replace=replace)
    show(context)
    if not context.keeps:
        context.faults.refuse()
    return Loaded(read, _some(context.changed), _some(context.removed), tuple(context.warnings))


def _recognised(paths: Sequence[Path], faults: Faults) -> Iterator[tuple[Kind, Sheet]]:
    for path in paths:
        try:
            for sheet in sheets(path):
                yield recognise(sheet.header), sheet
        except SheetError as error:
            faults.of(path.name, error.line, str(error))
        except UnknownKindError as error:
            faults.of(path.name, 1, str(error))


def _load_kind(kind: Kind, of_kind: Sequence[Sheet], context: Context, progress: Progress, *, replace: bool) -> int:
    placing, read = PLACINGS[kind.name](context), 0
    for sheet in of_kind:
        done, placed = 0, _rows(kind, sheet, context.faults)
        while chunk := list(islice(placed, CHUNK)):
            sound = [row for row in chunk if row.sound]
            placing.place(sound)
            context.check_references(kind.name, [row for row in chunk if not row.sound])
            done += len(sound)
            progress(sheet.name, done)
        read += done
    if replace and not read and kind.name in NEVER_NONE:
        context.faults.of(of_kind[0].name, 0, f"expected a row: to replace all {kind.name} by none is refused")
        return read
    placing.finish(replace=replace)
    return read


def _rows(kind: Kind, sheet: Sheet, faults: Faults) -> Iterator[Row]:
    columns = [next(column for column in kind.columns if column.name == name) for name in sheet.header]
    try:
        for line, cells in sheet.lines():
            yield _row(sheet.name, line, columns, cells, faults)
    except SheetError as error:
        faults.of(sheet.name, error.line, str(error))


def _row(file: str, line: int, columns: Sequence[Column], cells: Sequence[str], faults: Faults) -> Row:
    """The line read; what is wrong with a cell is noted."""
    values, sound = {}, True
    for column, cell in zip(columns, cells, strict=True):
        try:
            values[column.name] = column.take(cell)
        except CellError as error:
            faults.at(file, line, column.name, str(error), cell)
            sound = False
    return Row(file, line, values, sound)


def _some(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}
