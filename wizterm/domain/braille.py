"""Drawing with a pen in a terminal: eight dots to a cell, as Braille has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wizterm.domain.details import Stroke

ACROSS, DOWN = 2, 4
"""Dots in one cell."""
_BLANK = 0x2800
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))

Cells = dict[tuple[int, int], int]
"""Which dots are set, by row and column of their cell."""


def draw(cells: Cells, stroke: Stroke) -> set[int]:
    """Set the dots of a stroke; gives the rows that changed."""
    rows = set()
    for x, y in _way(stroke):
        place = y // DOWN, x // ACROSS
        cells[place] = cells.get(place, 0) | _BITS[y % DOWN][x % ACROSS]
        rows.add(place[0])
    return rows


def text_row(cells: Cells, row: int, width: int) -> str:
    """One row of cells as text."""
    return "".join(chr(_BLANK + bits) if (bits := cells.get((row, column), 0)) else " " for column in range(width))


def picture(strokes: Iterable[Stroke], width: int, height: int) -> str:
    """All strokes as lines of text, for a field of so many dots."""
    cells: Cells = {}
    for stroke in strokes:
        draw(cells, stroke)
    columns, rows = -(-width // ACROSS), -(-height // DOWN)
    return "\n".join(text_row(cells, row, columns).rstrip() for row in range(rows))


def _way(stroke: Stroke) -> Iterator[tuple[int, int]]:
    """Every dot the pen went over: straight between the places it was seen at."""
    for start, end in zip(stroke, stroke[1:] or stroke, strict=False):
        steps = max(abs(end.x - start.x), abs(end.y - start.y), 1)
        for step in range(steps + 1):
            yield start.x + (end.x - start.x) * step // steps, start.y + (end.y - start.y) * step // steps
