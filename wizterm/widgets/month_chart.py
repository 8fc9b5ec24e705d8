"""Turnover month by month, as bars a few rows high."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from wizterm.widgets.figures import BARS

INITIALS = "JFMAMJJASOND"
WIDE = 3
"""Cells for a month: a bar of two and a gap."""


def month_chart(values: Sequence[Decimal], today: date, rows: int = 4) -> str:
    """The last bar is this month's; empty where there was no turnover."""
    most = max(values, default=Decimal(0))
    if most <= 0:
        return ""
    eighths = [int(max(value, Decimal(0)) / most * rows * len(BARS)) for value in values]
    lines = [
        "".join((_cell(height - (rows - 1 - row) * len(BARS)) * 2).ljust(WIDE) for height in eighths)
        for row in range(rows)
    ]
    first = today.month - len(values)
    axis = "".join(INITIALS[(first + place) % 12].ljust(WIDE) for place in range(len(values)))
    return "\n".join(line.rstrip() for line in [*lines, axis])


def _cell(eighths: int) -> str:
    if eighths <= 0:
        return " "
    return BARS[min(eighths, len(BARS)) - 1]
