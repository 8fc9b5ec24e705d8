"""A scanned count that cannot be ordered: a person says what becomes of it."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.quantity import show
from wizterm.domain.text import plain
from wizterm.screens.page import Sheet
from wizterm.services.scan_result import RoundingAsked
from wizterm.widgets.rows import Column, Row, Rows


class RoundingSheet(Sheet[Decimal]):
    """Gives the quantity that was chosen; after Esc None, and the line has what was scanned."""

    DEFAULT_CSS = """
    RoundingSheet { & Rows { height: 4; } }
    """

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("rounding"))

    def __init__(self, asked: RoundingAsked) -> None:
        super().__init__()
        self._asked = asked
        self._offers = _offers(asked)

    def compose(self) -> ComposeResult:
        asked = self._asked
        with Vertical(id="sheet") as sheet:
            sheet.border_title = Content(plain(f"{asked.sku} {asked.name}"))
            sheet.border_subtitle = "Enter takes it · Esc leaves it as scanned"
            yield Label(plain(f"{show(asked.counted)} scanned. {asked.rule.describe()}"), markup=False)
            yield Rows(Column("", 20, grow=True))

    def on_mount(self) -> None:
        rows = [Row(str(place), (words,)) for place, (_, words) in enumerate(self._offers)]
        self.query_one(Rows).replace(rows, more=False, keep_cursor=False)
        self.query_one(Rows).focus()

    @on(Rows.Chosen)
    def choose_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_choose()

    def action_choose(self) -> None:
        if row := self.query_one(Rows).current:
            self.dismiss(self._offers[int(row.key)][0])


def _offers(asked: RoundingAsked) -> list[tuple[Decimal, str]]:
    misfit = asked.rule.misfit(asked.counted)
    above, below = (misfit.above, misfit.below) if misfit else (None, None)
    offers = [(above, f"{show(above)}: the next that can be ordered")] if above is not None else []
    offers += [(below, f"{show(below)}: the nearest below")] if below is not None else []
    return [*offers, (asked.counted, f"{show(asked.counted)}: as scanned, for now; it cannot be ordered like that")]
