"""A list of rows with a cursor. Moving the cursor redraws two lines; scrolling jumps half a page.

A Line-API widget: 294 bytes to move a row at 80×24, where an OptionList takes 4,523. The owner gives pages and is asked
for the next one when the cursor comes near the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from wizterm.domain.text import plain

NEAR_THE_END = 20
"""Rows left below the cursor when more are asked for."""
GAP = " "


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


class Rows(ScrollView, can_focus=True):
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--head",
        "rows--cursor",
        "rows--cursor-blurred",
        "rows--warning",
        "rows--error",
        "rows--quiet",
    }

    DEFAULT_CSS = """
    Rows {
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        & > .rows--head { color: $foreground 55%; }
        & > .rows--cursor { background: $accent 35%; text-style: bold; }
        & > .rows--cursor-blurred { background: $boost; }
        & > .rows--warning { color: $text-warning; }
        & > .rows--error { color: $text-error; }
        & > .rows--quiet { color: $foreground 55%; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "up", show=False),
        Binding("down", "down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter", "choose", show=False),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor is on this row."""

        row: Row

    @dataclass
    class Chosen(Message):
        """Enter, or a click on the row under the cursor."""

        row: Row

    class MoreWanted(Message):
        """The cursor is near the end of what is known, and there is more."""

    def __init__(self, *columns: Column, empty: str = "Nothing here.", id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._columns = columns
        self._empty = empty
        self._rows: list[Row] = []
        self._cursor = 0
        self._more = False
        self._asked = False

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    def replace(self, rows: Sequence[Row], *, more: bool, keep_cursor: bool) -> None:
        """Show other rows; the cursor stays on its row's key where that is wanted and it is still there."""
        key = self.current.key if keep_cursor and self.current else None
        place = self._cursor if keep_cursor else 0
        self._rows = list(rows)
        keys = [row.key for row in self._rows]
        self._cursor = keys.index(key) if key in keys else min(place, max(len(keys) - 1, 0))
        self._more, self._asked = more, False
        self._resize()
        if not keep_cursor:
            self.scroll_to(y=0, animate=False)
        self.refresh()
        self._tell()

    def extend(self, rows: Sequence[Row], *, more: bool) -> None:
        """Put the next page below."""
        self._rows.extend(rows)
        self._more, self._asked = more, False
        self._resize()
        self.refresh()

    def move_to(self, key: str) -> None:
        """Put the cursor on the row with this key, where there is one."""
        for place, row in enumerate(self._rows):
            if row.key == key:
                self._move(place)

    def action_up(self) -> None:
        self._move(self._cursor - 1)

    def action_down(self) -> None:
        self._move(self._cursor + 1)

    def action_page_up(self) -> None:
        self._move(self._cursor - self._page)

    def action_page_down(self) -> None:
        self._move(self._cursor + self._page)

    def action_first(self) -> None:
        self._move(0)

    def action_last(self) -> None:
        self._move(len(self._rows) - 1)

    def action_choose(self) -> None:
        if self.current is not None:
            self.post_message(self.Chosen(self.current))

    def on_click(self, event: events.Click) -> None:
        place = event.y - 1 + round(self.scroll_offset.y)
        if not 0 <= place < len(self._rows) or event.y < 1:
            return
        if place == self._cursor:
            self.action_choose()
        else:
            self._move(place)

    def on_resize(self) -> None:
        self._resize()

    def on_focus(self) -> None:
        self._refresh_row(self._cursor)

    def on_blur(self) -> None:
        self._refresh_row(self._cursor)

    def render_line(self, y: int) -> Strip:
        width = self._width
        if y == 0:
            return self._line([column.title for column in self._columns], self.get_component_rich_style("rows--head"))
        place = y - 1 + round(self.scroll_offset.y)
        if not self._rows and y == max(self.size.height // 2, 1):
            return Strip([Segment(self._empty.center(width)[:width], self.get_component_rich_style("rows--quiet"))])
        if place >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[place]
        return self._line([plain(cell) for cell in row.cells], self._style_of(row, at_cursor=place == self._cursor))

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _page(self) -> int:
        return max(self.size.height - 2, 1)

    def _move(self, place: int) -> None:
        place = max(0, min(place, len(self._rows) - 1))
        if place == self._cursor or not self._rows:
            return
        before, self._cursor = self._cursor, place
        self._refresh_row(before)
        self._refresh_row(place)
        self._keep_in_view()
        self._tell()

    def _keep_in_view(self) -> None:
        """Half a page at a time: every scroll repaints the whole list."""
        top, visible = round(self.scroll_offset.y), self.size.height - 1
        if visible > 0 and not top <= self._cursor < top + visible:
            self.scroll_to(y=max(0, self._cursor - visible // 2), animate=False)

    def _tell(self) -> None:
        if self.current is not None:
            self.post_message(self.Highlighted(self.current))
        if self._more and not self._asked and self._cursor >= len(self._rows) - NEAR_THE_END:
            self._asked = True
            self.post_message(self.MoreWanted())

    def _resize(self) -> None:
        self.virtual_size = Size(1, len(self._rows) + 1)

    def _refresh_row(self, place: int) -> None:
        self.refresh(Region(0, place + 1 - round(self.scroll_offset.y), self._width, 1))

    def _style_of(self, row: Row, *, at_cursor: bool) -> Style:
        style = self.get_component_rich_style(f"rows--{row.style}") if row.style else self.rich_style
        if not at_cursor:
            return style
        lit = self.has_focus or not self.can_focus
        return style + self.get_component_rich_style("rows--cursor" if lit else "rows--cursor-blurred")

    def _line(self, cells: Sequence[str], style: Style) -> Strip:
        fitted = [
            _fit(cell, width, column.align)
            for cell, column, width in zip(cells, self._columns, self._widths(), strict=False)
        ]
        text = set_cell_size(GAP.join(fitted), self._width)
        return Strip([Segment(text, style)], self._width)

    def _widths(self) -> list[int]:
        spare = self._width - sum(column.width for column in self._columns) - len(GAP) * (len(self._columns) - 1)
        growing = sum(column.grow for column in self._columns) or 1
        return [max(column.width + spare // growing, 4) if column.grow else column.width for column in self._columns]


def _fit(text: str, width: int, align: str) -> str:
    """The text in exactly so many cells; what does not fit ends in an ellipsis."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + "…"
    pad = " " * (width - length)
    return pad + text if align == "right" else text + pad
