"""Choosing the price list of a cart."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.prices import PriceList
from wizterm.screens.page import Sheet
from wizterm.widgets.rows import Column, Row, Rows


class ChooseList(Sheet[str]):
    """Gives the id of the chosen list, or None after Esc."""

    DEFAULT_CSS = """
    ChooseList { & Rows { height: auto; max-height: 16; } }
    """

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("lists"))

    def __init__(self, lists: tuple[PriceList, ...], here: str) -> None:
        super().__init__()
        self._lists = lists
        self._here = here

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = "Price list of this cart"
            sheet.border_subtitle = "Enter chooses · Esc back"
            yield Rows(Column("List", 20, grow=True), Column("Currency", 8), Column("", 10))

    def on_mount(self) -> None:
        rows = self.query_one(Rows)
        rows.styles.height = len(self._lists) + 1
        rows.replace([_row(each, self._here) for each in self._lists], more=False, keep_cursor=False)
        rows.focus()

    @on(Rows.Chosen)
    def choose_row(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_choose()

    def action_choose(self) -> None:
        row = self.query_one(Rows).current
        if row is not None:
            self.dismiss(row.key)


def _row(price_list: PriceList, here: str) -> Row:
    return Row(price_list.id, (price_list.name, price_list.currency, "this cart's" if price_list.id == here else ""))
