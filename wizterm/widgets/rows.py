"""A list of rows with a cursor. Moving the cursor redraws two lines; scrolling jumps half a page.

A Line-API widget: 294 bytes to move a row at 80×24, where an OptionList takes 4,523. The owner gives pages and is asked
for the next one when the cursor comes near the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from wizterm.widgets.row_line import Column, Row, balanced, begun, line, widened

__all__ = ["Column", "Row", "Rows"]

_TOLD_BY_COLOUR = {"warning", "error"}
"""What a row says by its colour it says under the cursor too."""
NEAR_THE_END = 20
"""Rows left below the cursor when more are asked for."""
WHEEL = 3
"""Rows that a notch of the wheel scrolls, at once: an animated scroll paints the list many times."""


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
        overflow-y: scroll;
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
        self._fitted = begun(columns)
        self._head = _head(columns)
        self._empty = empty
        self._rows: list[Row] = []
        self._cursor = 0
        self._more = False
        self._asked = False

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    def set_columns(self, columns: tuple[Column, ...], rows: Sequence[Row] = ()) -> None:
        """Other columns, and the same rows as they stand in them; or the rows follow with `replace`."""
        if columns != self._columns:
            self._columns, self._head = columns, _head(columns)
            self._fitted = begun(columns)
            if rows:
                self._rows = list(rows)
                self._widen(rows)
            self.refresh()

    def replace(self, rows: Sequence[Row], *, more: bool, keep_cursor: bool) -> None:
        """Show other rows; the cursor stays on its row's key where that is wanted and it is still there."""
        before = self._visible()
        key = self.current.key if keep_cursor and self.current else None
        place = self._cursor if keep_cursor else 0
        keys = [row.key for row in rows]
        if bool(rows) != bool(self._rows):
            self.screen.refresh_bindings()  # an empty list has fewer keys
        self._rows = list(rows)
        self._cursor = keys.index(key) if key in keys else min(place, max(len(keys) - 1, 0))
        self._more, self._asked = more, False
        self._widen(rows)
        self._resize()
        self._keep_in_view()
        self._refresh_changed(before)
        self._tell()

    def say_when_empty(self, words: str) -> None:
        """What stands there where there are no rows."""
        if words != self._empty:
            self._empty = words
            if not self._rows:
                self.refresh()

    def extend(self, rows: Sequence[Row], *, more: bool) -> None:
        """Put the next page below."""
        before = self._visible()
        self._rows.extend(rows)
        self._more, self._asked = more, False
        self._widen(rows)
        self._resize()
        self._refresh_changed(before)

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
        self._move(self._cursor - self._page + 1)

    def action_page_down(self) -> None:
        self._move(self._cursor + self._page - 1)

    def action_first(self) -> None:
        self._move(0)

    def action_last(self) -> None:
        self._move(len(self._rows) - 1)

    def action_choose(self) -> None:
        if self.current is not None:
            self.post_message(self.Chosen(self.current))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a click on the cursor chooses."""
        place = event.y - self._head + self._top
        if event.y < self._head or place >= len(self._rows):
            return
        if place == self._cursor:
            self.action_choose()
        else:
            self._move(place)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._turn_wheel(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._turn_wheel(event, -WHEEL)

    def on_resize(self) -> None:
        self._resize()
        self._keep_in_view()

    def on_focus(self) -> None:
        self._refresh_place(self._cursor)

    def on_blur(self) -> None:
        self._refresh_place(self._cursor)

    def render_line(self, y: int) -> Strip:
        width = self._width
        if y < self._head:
            titles = [column.title for column in self._columns]
            return self._strip(line(titles, self._fitted, width), self.get_component_rich_style("rows--head"))
        if not self._rows:
            return self._empty_line(y, width)
        place = y - self._head + self._top
        if place >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[place]
        return self._strip(line(row.cells, self._fitted, width), self._style_of(row, place))

    def _empty_line(self, y: int, width: int) -> Strip:
        """What is said instead of rows stands in the middle, on as many lines as it takes."""
        said = dict(enumerate(balanced(self._empty, width), self.size.height // 2))
        if y not in said:
            return Strip.blank(width, self.rich_style)
        return self._strip(said[y].center(width), self.get_component_rich_style("rows--quiet"))

    def _widen(self, rows: Sequence[Row]) -> None:
        """A column that has been wide stays so: what moves while one types is hard to read."""
        fitted = widened(self._fitted, self._columns, rows)
        if fitted != self._fitted:
            self._fitted = fitted
            self.refresh()

    @property
    def _width(self) -> int:
        """The cells beside the scrollbar."""
        return self.scrollable_content_region.width

    @property
    def _top(self) -> int:
        """The first row in view."""
        return round(self.scroll_offset.y)

    @property
    def _page(self) -> int:
        """How many rows are in view."""
        return max(self.size.height - self._head, 1)

    def _visible(self) -> list[tuple[Row, bool]]:
        """The rows in view, and which of them has the cursor."""
        rows = self._rows[self._top : self._top + self._page]
        return [(row, place == self._cursor) for place, row in enumerate(rows, self._top)]

    def _move(self, place: int) -> None:
        place = max(0, min(place, len(self._rows) - 1))
        if place == self._cursor or not self._rows:
            return
        before, self._cursor = self._cursor, place
        self._refresh_place(before)
        self._refresh_place(place)
        self._keep_in_view()
        self._tell()

    def _keep_in_view(self) -> None:
        """Half a page at a time: every scroll repaints the whole list."""
        if not self._top <= self._cursor < self._top + self._page:
            self.scroll_to(y=max(0, self._cursor - self._page // 2), animate=False)

    def _turn_wheel(self, event: events.MouseScrollDown | events.MouseScrollUp, rows: int) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_to(y=self._top + rows, animate=False)

    def _tell(self) -> None:
        if self.current is not None:
            self.post_message(self.Highlighted(self.current))
        if self._more and not self._asked and self._cursor >= len(self._rows) - NEAR_THE_END:
            self._asked = True
            self.post_message(self.MoreWanted())

    def _resize(self) -> None:
        """Tell the scrollbar; a plain assignment would lay out the screen again and paint the whole list."""
        size = Size(self._width, len(self._rows) + self._head)
        if size != self.virtual_size:
            self.set_reactive(Rows.virtual_size, size)
            self._scroll_update(size)

    def _refresh_place(self, place: int) -> None:
        self.refresh(Region(0, place - self._top + self._head, self.size.width, 1))

    def _refresh_changed(self, before: Sequence[tuple[Row, bool]]) -> None:
        """Redraw only the lines that differ; the bytes of the others are saved."""
        after = self._visible()
        if not before or not after:
            self.refresh()
            return
        for offset in range(max(len(before), len(after))):
            if before[offset : offset + 1] != after[offset : offset + 1]:
                self._refresh_place(self._top + offset)

    def _style_of(self, row: Row, place: int) -> Style:
        style = self.get_component_rich_style(f"rows--{row.style}") if row.style else self.rich_style
        if place != self._cursor:
            return style
        lit = self.has_focus or not self.can_focus
        cursor = self.get_component_rich_style("rows--cursor" if lit else "rows--cursor-blurred")
        if row.style not in _TOLD_BY_COLOUR:
            return style + cursor
        return style + Style(bgcolor=cursor.bgcolor, bold=cursor.bold)

    def _strip(self, text: str, style: Style) -> Strip:
        return Strip([Segment(text, style)], self._width)


def _head(columns: Sequence[Column]) -> int:
    """Lines above the rows."""
    return int(any(column.title for column in columns))
