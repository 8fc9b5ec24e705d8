"""A product's picture in half cells, or in the terminal's own pixels, or a word on why there is none."""

from __future__ import annotations

from rich.control import Control
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from wizterm.widgets.drawing import Drawing
from wizterm.widgets.graphics import COLOUR, KittyPicture, SixelPicture
from wizterm.widgets.pixels import Pixels
from wizterm.widgets.row_line import fit

UPPER_HALF = "▀"


_PLAIN = Style()
_NO_TEXT = ((ControlType.CURSOR_FORWARD, 0),)
"""Marks a segment as one that moves nothing: it has no width."""


class Picture(Widget):
    DEFAULT_CSS = """
    Picture { width: 36; height: 14; color: $foreground 55%; }
    """

    pixels: reactive[Pixels] = reactive(())
    graphic: reactive[KittyPicture | SixelPicture | None] = reactive(None)
    """Stands in the place of the half cells."""
    words: reactive[str] = reactive("")
    """Stands in the middle where there are no pixels."""

    class Resized(Message):
        """What was drawn fits no more."""

    def on_resize(self) -> None:
        self.post_message(self.Resized())

    def show(self, drawn: Drawing) -> None:
        """Half cells or the terminal's own pixels; nothing takes both away."""
        self.graphic = drawn if isinstance(drawn, KittyPicture | SixelPicture) else None
        self.pixels = () if isinstance(drawn, KittyPicture | SixelPicture) else drawn

    def render_lines(self, crop: Region) -> list[Strip]:
        """Sixels are painted with the last line, over all of them; a sheet on top leaves them out."""
        if not isinstance(self.graphic, SixelPicture):
            return super().render_lines(crop)
        if not self.screen.is_active:
            return [Strip.blank(crop.width, self.rich_style)] * crop.height
        x, y, right, bottom = self.region.x, self.region.y, self.region.right, self.region.bottom
        painted = [
            Segment(Control.move_to(x, y).segment.text, _PLAIN),
            Segment(self.graphic.data, _PLAIN, _NO_TEXT),
            Segment(Control.move_to(right, bottom - 1).segment.text, _PLAIN),
        ]
        return [Strip([])] * (crop.height - 1) + [Strip(painted, crop.width)]

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if isinstance(self.graphic, KittyPicture) and y < len(self.graphic.lines):
            return self._kitty_line(self.graphic, y).extend_cell_length(width, self.rich_style)
        if y < len(self.pixels):
            return Strip(
                [Segment(UPPER_HALF, Style(color=upper, bgcolor=lower)) for upper, lower in self.pixels[y][:width]],
                min(width, len(self.pixels[y])),
            ).extend_cell_length(width, self.rich_style)
        if not self.pixels and y == self.size.height // 2:
            text = fit(self.words, min(width, len(self.words)), "left").center(width)
            return Strip([Segment(text, self.rich_style)], width)
        return Strip.blank(width, self.rich_style)

    def _kitty_line(self, graphic: KittyPicture, y: int) -> Strip:
        """The first line brings the picture along."""
        cells = Segment(graphic.lines[y], Style(color=COLOUR))
        sent = [Segment(graphic.sent, _PLAIN, _NO_TEXT)] if y == 0 else []
        return Strip([*sent, cells], graphic.columns)
