"""A document as one line of a list."""

from __future__ import annotations

from typing import Final

from wizterm.domain.clock import Clock
from wizterm.domain.quantity import counted
from wizterm.office.words import DOCUMENT_WORDS, TO_DECIDE, age_of, document_style
from wizterm.server.archive import DocumentLine
from wizterm.widgets.rows import Column, Row

DOCUMENT_COLUMNS: Final = (
    Column("Number", 13),
    Column("Kind", 8),
    Column("Customer", 10, grow=True),
    Column("State", 11),
    Column("ERP said", 10, grow=True),
    Column("Changed", 10, align="right"),
)


def document_row(line: DocumentLine, clock: Clock) -> Row:
    """Doubts stand before what the ERP said, marked until somebody has seen them."""
    mark = "⚠ " if line.doubted else ""
    doubts = f"{mark}{counted(line.doubts, 'doubt')}" if line.doubts else ""
    said = " · ".join(part for part in (doubts, line.external or line.words) if part)
    to_decide = line.suggests and line.state == "delivered"
    state = TO_DECIDE if to_decide else DOCUMENT_WORDS.get(line.state, line.state)
    cells = (line.number, line.kind, line.customer_name or line.suggests, state, said, age_of(line.changed_at, clock))
    return Row(f"{line.id}/{line.revision}", cells, style=document_style(line))
