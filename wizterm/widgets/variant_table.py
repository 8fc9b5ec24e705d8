"""A sheet of quantities: colours down, sizes across, sums at the edges. Typed like a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from wizterm.domain.quantity import show
from wizterm.domain.size_runs import SizeRuns
from wizterm.domain.text import plain
from wizterm.services.variants import VariantSheet
from wizterm.widgets.row_line import fit

TITLE, CELL = 14, 9
CLOSED = "·"


class VariantTable(Widget, can_focus=True):
    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--head", "table--cursor", "table--closed", "table--sum"}

    DEFAULT_CSS = """
    VariantTable {
        height: auto;
        & > .table--head { color: $foreground 55%; }
        & > .table--cursor { background: $accent 35%; text-style: bold; }
        & > .table--closed { color: $foreground 30%; }
        & > .table--sum { color: $foreground 70%; text-style: bold; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", show=False),
        Binding("down", "move(1, 0)", show=False),
        Binding("left", "move(0, -1)", show=False),
        Binding("right,tab", "move(0, 1)", show=False),
        Binding("backspace", "shorten", show=False),
    ]

    runs: reactive[SizeRuns | None] = reactive(None, layout=True)
    sheet: VariantSheet | None = None

    @dataclass
    class Changed(Message):
        runs: SizeRuns

    def open(self, sheet: VariantSheet, sku: str) -> None:
        self.sheet = sheet
        self.change(sheet.blank(sku))

    def change(self, runs: SizeRuns) -> None:
        self.runs = runs
        self.post_message(self.Changed(runs))

    def on_key(self, event: events.Key) -> None:
        if self.runs is not None and event.character is not None and event.character in "0123456789":
            event.stop()
            self.change(self.runs.typed(event.character))

    def on_click(self, event: events.Click) -> None:
        if self.runs is not None and 0 < event.y <= self.runs.rows and event.x >= TITLE:
            row, column = self.runs.at
            self.change(self.runs.moved(event.y - 1 - row, (event.x - TITLE) // CELL - column))

    def action_move(self, down: int, across: int) -> None:
        if self.runs is not None:
            self.change(self.runs.moved(down, across))

    def action_shorten(self) -> None:
        if self.runs is not None:
            self.change(self.runs.shortened())

    def get_content_height(self, *_: object) -> int:
        return self.runs.rows + 2 if self.runs else 1

    def render_line(self, y: int) -> Strip:
        if self.runs is None or self.sheet is None or y > self.runs.rows + 1:
            return Strip.blank(self.size.width, self.rich_style)
        if y == 0:
            return self._line("", [*self.sheet.sizes, "Σ"], "table--head")
        if y == self.runs.rows + 1:
            sums = [self.runs.of_column(column) for column in range(self.runs.columns)]
            return self._line("Σ", [_shown(each) for each in [*sums, self.runs.total]], "table--sum")
        return self._colour(y - 1, self.sheet, self.runs)

    def _colour(self, row: int, sheet: VariantSheet, runs: SizeRuns) -> Strip:
        segments = [Segment(fit(plain(sheet.colours[row]), TITLE, "left"), self.rich_style)]
        for column in range(runs.columns):
            closed = (row, column) not in runs.open
            text = CLOSED if closed else _shown(runs.counts.get((row, column), Decimal(0)))
            style = self._style("table--closed") if closed else self.rich_style
            if runs.at == (row, column):
                style += self._style("table--cursor")
            segments.append(Segment(fit(text, CELL, "right"), style))
        segments.append(Segment(fit(_shown(runs.of_row(row)), CELL, "right"), self._style("table--sum")))
        return self._strip(segments)

    def _line(self, title: str, cells: list[str], kind: str) -> Strip:
        style = self._style(kind)
        titled = Segment(fit(title, TITLE, "left"), style)
        return self._strip([titled, *(Segment(fit(plain(cell), CELL, "right"), style) for cell in cells)])

    def _strip(self, segments: list[Segment]) -> Strip:
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _style(self, kind: str) -> Style:
        return self.get_component_rich_style(kind)


def _shown(count: Decimal) -> str:
    return show(count) if count else "–"
