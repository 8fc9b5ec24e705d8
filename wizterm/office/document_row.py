"""A document as one line of a list."""

from __future__ import annotations

from typing import Final

from wizterm.domain.clock import Clock
from wizterm.office.words import DOCUMENT_WORDS, TO_DECIDE, age_of, document_style
from wizterm.server.archive import DocumentLine
from wizterm.widgets.rows import Column, Row

DOCUMENT_COLUMNS: Final = (
    Column("", 1),
    Column("Number", 13),
    Column("Kind", 8),
    Column("Customer", 10, grow=True),
    Column("State", 11),
    Column("ERP said", 10, grow=True),
    Column("Changed", 10, align="right"),
)


def document_row(line: DocumentLine, clock: Clock) -> Row:
    """Doubts are marked until somebody has seen them; the document's page tells them."""
    mark = "⚠" if line.doubted else ""
    said = line.external or line.words
    to_decide = line.suggests and line.state == "delivered"
    state = TO_DECIDE if to_decide else DOCUMENT_WORDS.get(line.state, line.state)
    customer, age = line.customer_name or line.suggests, age_of(line.changed_at, clock)
    cells = (mark, line.number, line.kind, customer, state, said, age)
    return Row(f"{line.id}/{line.revision}", cells, style=document_style(line))
