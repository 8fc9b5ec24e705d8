"""A page that was pulled as sheets that an import reads, so that both go through the same checks and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizterm.connectors.pulling import Page, PullError, Rows
from wizterm.server.importing.context import Context
from wizterm.server.importing.faults import Faults
from wizterm.server.importing.kinds import KINDS, Kind
from wizterm.server.importing.loading import Loaded, place
from wizterm.server.importing.sheets import Line, Sheet
from wizterm.server.store.store import Writing

_BY_NAME = {kind.name: kind for kind in KINDS}


def place_page(writing: Writing, page: Page, now: int) -> Loaded:
    """Within a transaction; raises `ImportRefusedError` or `PullError`, which must undo it."""
    context = Context(writing, Faults(), now, keeps=True)
    return place(context, [_sheet(table) for table in page.tables], lambda _file, _lines: None)


def _sheet(table: Rows) -> tuple[Kind, Sheet]:
    kind = _BY_NAME.get(table.kind)
    strange = table.kind if kind is None else ", ".join(sorted({*table.header} - kind.known))
    if kind is None or strange or any(len(row) != len(table.header) for row in table.cells):
        raise PullError(
            f"The connector's rows of {table.kind} are not those of an import: {strange or 'cells missing'}."
        )
    return kind, Sheet(f"the ERP's {table.kind}", table.header, lambda: _lines(table.cells))


def _lines(cells: Sequence[tuple[str, ...]]) -> Iterator[Line]:
    for number, row in enumerate(cells, start=1):
        yield number, list(row)
