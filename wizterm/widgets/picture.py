"""A product's picture in half cells, or a word on why there is none."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from wizterm.widgets.pixels import Pixels
from wizterm.widgets.row_line import fit

UPPER_HALF = "▀"


class Picture(Widget):
    DEFAULT_CSS = """
    Picture { width: 36; height: 14; color: $foreground 55%; }
    """

    pixels: reactive[Pixels] = reactive(())
    words: reactive[str] = reactive("")
    """Stands in the middle where there are no pixels."""

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y < len(self.pixels):
            return Strip(
                [Segment(UPPER_HALF, Style(color=upper, bgcolor=lower)) for upper, lower in self.pixels[y][:width]],
                min(width, len(self.pixels[y])),
            ).extend_cell_length(width, self.rich_style)
        if not self.pixels and y == self.size.height // 2:
            text = fit(self.words, min(width, len(self.words)), "left").center(width)
            return Strip([Segment(text, self.rich_style)], width)
        return Strip.blank(width, self.rich_style)
