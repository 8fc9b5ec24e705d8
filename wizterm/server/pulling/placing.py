"""A page that was pulled as sheets that an import reads, so that both go through the same checks and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wizterm.connectors.pulling import Page, PullError, Rows
from wizterm.server.importing.context import Context
from wizterm.server.importing.faults import Faults
from wizterm.server.importing.kinds import KINDS, Kind
from wizterm.server.importing.loading import Loaded, place
from wizterm.server.importing.sheets import Line, Sheet
from wizterm.server.store.writing import Writing

_PLACE = re.compile(r"(?P<title>[^,]+), line (?P<line>\d+)")
_BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Placed:
    loaded: Loaded
    left_out: tuple[str, ...]
    """What was wrong with the first rows that had a fault."""


def place_page(writing: Writing, page: Page, now: int) -> Placed:
    """Within a transaction; raises `ImportRefusedError` or `PullError`, which must undo it."""
    context = Context(writing, Faults(), now, keeps=True)
    loaded = place(context, [_sheet(table) for table in page.tables], lambda _file, _lines: None)
    return Placed(loaded, tuple(_named(fault, page) for fault in context.faults.first))


def _named(fault: str, page: Page) -> str:
    """By what the row is called, where the fault gives its line: nobody can count the lines of an answer."""
    found = _PLACE.match(fault)
    table = next((each for each in page.tables if found and _title(each) == found["title"]), None)
    if found is None or table is None:
        return fault
    row = table.cells[int(found["line"]) - 1]
    return f"{table.kind} {' '.join(row[:2])[:60]}{fault[found.end() :]}"


def _title(table: Rows) -> str:
    return f"the ERP's {table.kind}"


def _sheet(table: Rows) -> tuple[Kind, Sheet]:
    kind = _BY_NAME.get(table.kind)
    strange = table.kind if kind is None else ", ".join(sorted({*table.header} - kind.known))
    if kind is None or strange or any(len(row) != len(table.header) for row in table.cells):
        raise PullError(
            f"The connector's rows of {table.kind} are not those of an import: {strange or 'cells missing'}."
        )
    return kind, Sheet(_title(table), table.header, lambda: _lines(table.cells))


def _lines(cells: Sequence[tuple[str, ...]]) -> Iterator[Line]:
    for number, row in enumerate(cells, start=1):
        yield number, list(row)
