"""A row as one line of text: columns side by side, each cut or padded to exactly its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    """In cells; of a growing column the least."""
    align: Literal["left", "right"] = "left"
    grow: bool = False
    """Whether it takes what the others leave."""


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    cells: tuple[str, ...]
    style: Literal["", "warning", "error", "quiet"] = ""


def line(cells: Sequence[str], columns: Sequence[Column], width: int) -> str:
    """The cells as one line of exactly this width; whatever they contain is only text."""
    texts = [plain(cell) for cell in cells]
    widths = _with_whole_figures(texts, columns, _widths(columns, width))
    fitted = [
        fit(text, column_width, column.align)
        for text, column, column_width in zip(texts, columns, widths, strict=False)
    ]
    return set_cell_size(GAP.join(fitted), width)


def fit(text: str, width: int, align: str) -> str:
    """The text in exactly so many cells; what does not fit ends in an ellipsis."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + "…" if width > 0 else ""
    pad = " " * (width - length)
    return pad + text if align == "right" else text + pad


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
