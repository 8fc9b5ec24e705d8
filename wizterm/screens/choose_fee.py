"""Choosing a fee for the cart, or taking one off it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.discount import Off
from wizterm.domain.money import currency
from wizterm.domain.quantity import show
from wizterm.screens.page import Sheet
from wizterm.services.charging import Charge
from wizterm.widgets.rows import Column, Row, Rows


class ChooseFee(Sheet[str]):
    """Gives the code of the fee to put on or take off, or None after Esc."""

    DEFAULT_CSS = """
    ChooseFee { & Rows { height: auto; max-height: 16; } }
    """

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("fees"))

    def __init__(self, charges: tuple[Charge, ...], code: str) -> None:
        super().__init__()
        self._charges = charges
        self._currency = code

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = "Fees of this cart"
            sheet.border_subtitle = "Enter puts on or takes off · Esc back"
            yield Rows(Column("", 1), Column("Fee", 20, grow=True), Column("Amount", 12, align="right"))

    def on_mount(self) -> None:
        rows = self.query_one(Rows)
        rows.styles.height = len(self._charges) + 1
        rows.replace([_row(each, self._currency) for each in self._charges], more=False, keep_cursor=False)
        rows.focus()

    @on(Rows.Chosen)
    def choose_row(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_turn()

    def action_turn(self) -> None:
        row = self.query_one(Rows).current
        if row is not None:
            self.dismiss(row.key)


def _row(charge: Charge, code: str) -> Row:
    fee = charge.fee
    amount = f"{show(fee.value)} %" if fee.off is Off.PERCENT else currency(code).show(fee.value)
    return Row(fee.code, ("✓" if charge.on else "", fee.name, amount))
