"""A row as one line of text: columns side by side, each cut or padded to exactly its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import Literal

from rich.cells import cell_len, set_cell_size

from wizterm.domain.text import plain

GAP = "  "
LEAST = 4
"""Cells below which a growing column does not shrink."""


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: int
    """In cells: of words the most, of figures and of a growing column the least."""
    align: Literal["left", "right"] = "left"
    grow: bool = False
    """Whether it takes what the others leave."""
    both_ends: bool = False
    """Whether what is cut keeps its end as well: names differ in their last word as often as in their first."""

    @property
    def first_width(self) -> int:
        """Before any row is known."""
        return self.width if self.grow or self.align == "right" else min(cell_len(self.title), self.width)


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    cells: tuple[str, ...]
    style: Literal["", "warning", "error", "quiet"] = ""


def begun(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns as narrow as they may be, before any row is known."""
    return tuple(replace(column, width=column.first_width) for column in columns)


def widened(fitted: Sequence[Column], columns: Sequence[Column], rows: Iterable[Row]) -> tuple[Column, ...]:
    """Wide enough for these rows as well: what the others need not have is left to the growing column."""
    widths = [column.width for column in fitted]
    held = [place for place, column in enumerate(columns) if not column.grow]
    for row in rows:
        for place in held:
            if place < len(row.cells):
                widths[place] = max(widths[place], cell_len(row.cells[place]))
    return tuple(replace(column, width=_at_most(column, width)) for column, width in zip(columns, widths, strict=True))


def line(cells: Sequence[str], columns: Sequence[Column], width: int) -> str:
    """The cells as one line of exactly this width; whatever they contain is only text."""
    texts = [plain(cell) for cell in cells]
    widths = _with_whole_figures(texts, columns, _widths(columns, width))
    fitted = [
        fit(text, column_width, column.align, both_ends=column.both_ends)
        for text, column, column_width in zip(texts, columns, widths, strict=False)
    ]
    return set_cell_size(GAP.join(fitted), width)


def balanced(text: str, width: int) -> list[str]:
    """On as few lines as it takes, and these about as long as each other: no last word stands alone."""
    lines = wrap(text, max(width, 1))
    for narrower in range(max(width, 1) - 1, 0, -1):
        if len(tighter := wrap(text, narrower)) > len(lines):
            break
        lines = tighter
    return lines


def fit(text: str, width: int, align: str, *, both_ends: bool = False) -> str:
    """The text in exactly so many cells; an ellipsis stands for what does not fit."""
    length = cell_len(text)
    if length > width:
        return _cut(text, width, both_ends=both_ends)
    pad = " " * (width - length)
    return pad + text if align == "right" else text + pad


def _cut(text: str, width: int, *, both_ends: bool) -> str:
    end = _last(text, width // 3) if both_ends else ""
    return set_cell_size(text, width - 1 - cell_len(end)) + "…" + end if width > 0 else ""


def _last(text: str, width: int) -> str:
    """What ends the text, in at most so many cells; it does not begin inside a letter, nor with a space."""
    start = len(text)
    while start and cell_len(text[start - 1 :]) <= width:
        start -= 1
    while start < len(text) and (text[start] == " " or cell_len(text[start]) == 0):
        start += 1
    return text[start:]


def _at_most(column: Column, width: int) -> int:
    """Words are cut where they would push the growing column aside, figures never."""
    return min(width, column.width) if column.align == "left" and not column.grow else width


def _with_whole_figures(texts: Sequence[str], columns: Sequence[Column], widths: list[int]) -> list[int]:
    """A figure that is cut misleads, a name does not: what a figure lacks in this row, a growing column gives."""
    room = list(widths)
    for place, (text, column) in enumerate(zip(texts, columns, strict=False)):
        lack = cell_len(text) - widths[place] if column.align == "right" else 0
        for giver, giving in enumerate(columns):
            if giving.grow and lack > 0:
                given = max(0, min(lack, room[giver] - LEAST))
                room[giver], room[place], lack = room[giver] - given, room[place] + given, lack - given
    return room


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    spare = width - sum(column.width for column in columns) - len(GAP) * (len(columns) - 1)
    growing = sum(column.grow for column in columns) or 1
    return [max(column.width + spare // growing, LEAST) if column.grow else column.width for column in columns]
