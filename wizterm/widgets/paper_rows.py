"""A document as a row of the list of orders; the company's own number where there is room for it."""

from __future__ import annotations

from wizterm.domain.clock import Clock
from wizterm.domain.records import DocumentSummary
from wizterm.services.states import kind_words, summary_words
from wizterm.widgets.rows import Column, Row
from wizterm.widgets.state_line import age_of, row_style, total

ROOMY = 90
"""Columns from which a customer's name keeps its length beside the company's number."""

PLAIN = (
    Column("Number", 14),
    Column("Kind", 12),
    Column("Customer", 12, grow=True),
    Column("State", 17),
    Column("Total", 6, align="right"),
    Column("Age", 6, align="right"),
)
WITH_NUMBER = (*PLAIN[:4], Column("Booked as", 16), *PLAIN[4:])


def columns_for(width: int) -> tuple[Column, ...]:
    return WITH_NUMBER if width >= ROOMY else PLAIN


def paper_row(summary: DocumentSummary, clock: Clock, columns: tuple[Column, ...]) -> Row:
    cells = {
        "Number": summary.number,
        "Kind": kind_words(summary.kind),
        "Customer": summary.customer_name,
        "State": str(summary_words(summary)),
        "Booked as": summary.external,
        "Total": total(summary),
        "Age": age_of(summary, clock),
    }
    return Row(str(summary.document), tuple(cells[column.title] for column in columns), style=row_style(summary))
