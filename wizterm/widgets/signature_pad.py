"""Where a customer signs, with mouse, pen or finger; only the rows the pen has touched are drawn again."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from wizterm.domain.braille import ACROSS, DOWN, Cells, draw, text_row
from wizterm.domain.clock import Clock
from wizterm.domain.details import Dot, Stroke

MOST_DOTS = 2_000
"""Of one signature: twenty seconds of a fast pen."""
HINT = "Sign here"


class SignaturePad(Widget):
    DEFAULT_CSS = """
    SignaturePad { height: 8; border: round $border-blurred; background: $panel; color: $foreground; }
    """
    ALLOW_SELECT: ClassVar[bool] = False

    class Drawn(Message):
        """The pen went up."""

    def __init__(self, clock: Clock, strokes: tuple[Stroke, ...] = ()) -> None:
        super().__init__()
        self._clock = clock
        self._strokes = list(strokes)
        self._cells: Cells = {}
        self._began = clock.monotonic()
        self._pen_down = False
        self._redraw()

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        return tuple(self._strokes)

    @property
    def dots(self) -> tuple[int, int]:
        """Width and height of the field."""
        return self.content_size.width * ACROSS, self.content_size.height * DOWN

    def take_back(self) -> None:
        """The last stroke was a slip."""
        if self._strokes:
            self._strokes.pop()
            self._redraw()
            self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        event.stop()
        if not self._strokes:
            self._began = self._clock.monotonic()
            self.refresh()
        self._pen_down = True
        self.capture_mouse()
        self._strokes.append(())
        self._put(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._pen_down:
            event.stop()
            self._put(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._pen_down:
            event.stop()
            self._pen_down = False
            self.release_mouse()
            self.post_message(self.Drawn())

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        text = text_row(self._cells, y, width)
        if not self._strokes and y == self.content_size.height // 2:
            text = HINT.center(width)
        return Strip([Segment(text, self.rich_style)], width)

    def _put(self, event: events.MouseEvent) -> None:
        """One more place the pen was at; outside the field it stays at the edge."""
        if sum(map(len, self._strokes)) >= MOST_DOTS:
            return
        width, height = self.dots
        x = _dot(event.pointer_x - self.gutter.left, ACROSS)
        y = _dot(event.pointer_y - self.gutter.top, DOWN)
        at = round((self._clock.monotonic() - self._began) * 1000)
        dot = Dot(max(0, min(x, width - 1)), max(0, min(y, height - 1)), at)
        stroke = (*self._strokes[-1], dot)
        self._strokes[-1] = stroke
        for row in draw(self._cells, stroke[-2:]):
            self.refresh(Region(0, row, width // ACROSS, 1))

    def _redraw(self) -> None:
        self._cells.clear()
        for stroke in self._strokes:
            draw(self._cells, stroke)


def _dot(cells: float, dots: int) -> int:
    """The dot the pen is on; a terminal that knows no more than the cell means its middle."""
    return int((cells + 0.5 if float(cells).is_integer() else cells) * dots)
