"""A document's state in its colour, for lists and headings."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

from textual.content import Content

from wizterm.domain.clock import Clock, age
from wizterm.domain.money import currency
from wizterm.domain.records import DocumentSummary
from wizterm.services.states import StateWords, summary_words

MINUTE: Final = 60.0
"""Seconds between looks at a list: its ages change by the minute."""

RowStyle = Literal["", "warning", "error", "quiet"]

_COLOURS: Final = {
    "success": "$text-success",
    "warning": "$text-warning",
    "error": "$text-error",
    "quiet": "$foreground 60%",
    "": "",
}
_ROW_STYLES: Final[dict[str, RowStyle]] = {"error": "error", "warning": "warning", "quiet": "quiet"}


def coloured(state: StateWords) -> Content:
    return Content.styled(str(state), _COLOURS[state.tone])


def row_style(summary: DocumentSummary) -> RowStyle:
    """How the list shows the whole row."""
    return _ROW_STYLES.get(summary_words(summary).tone, "")


def total(summary: DocumentSummary) -> str:
    """As it was agreed; empty for what has no price."""
    if not summary.total:
        return ""
    in_ = currency(summary.currency)
    return in_.show(Decimal(summary.total))


def age_of(summary: DocumentSummary, clock: Clock) -> str:
    """The larger part is enough in a list: 3 h, 2 days."""
    said = age(clock.now() - summary.submitted_at)
    return " ".join(said.split()[:2])
