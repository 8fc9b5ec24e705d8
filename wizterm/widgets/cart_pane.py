"""The cart: its lines, what they come to, and what still stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.cart import Line
from wizterm.domain.text import plain
from wizterm.services.cart_view import CartView
from wizterm.widgets.cart_figures import PLAIN, columns_for, line_rows, sums
from wizterm.widgets.pane import Pane
from wizterm.widgets.rows import Rows
from wizterm.widgets.steady_text import SteadyText

_OF_A_LINE = frozenset(
    command.action
    for command in (
        *(commands.QUANTITY, commands.MORE, commands.LESS, commands.PERCENT_OFF, commands.AMOUNT_OFF),
        *(commands.TYPE_PRICE, commands.CASE, commands.BELOW, commands.ABOVE, commands.WHY),
        *(commands.LINE_NOTE, commands.REMOVE, commands.DELIVER_ON),
    )
)


class CartPane(Pane):
    DEFAULT_CSS = """
    CartPane {
        & > Rows { height: 1fr; }
        & > .sums { height: auto; text-align: right; }
    }
    """

    HELP = """
Every change is kept on this machine at once. + and − go to the next quantity that the product allows; Enter lets you
type one, also in another unit (`2 case`). What breaks a rule is marked ⚠ and says why: `<` and `>` go to the nearest
quantities that do not.

A quantity below zero is what goes back (`-3`), where the office lets you take goods back: a line of its own, marked ↩.

`%`, `a` and `p` take a percentage or an amount off the line, or give it another price; `d` shows all of it, and the
discounts of the whole cart. What goes beyond your limit waits for a manager's approval: `A`.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("cart"))

    view: var[CartView | None] = var(None)

    @dataclass
    class StepWanted(Message):
        line: str
        step: int

    @dataclass
    class QuantityWanted(Message):
        line: Line

    @dataclass
    class NoteWanted(Message):
        line: Line

    @dataclass
    class DayWanted(Message):
        line: Line

    @dataclass
    class RemovalWanted(Message):
        line: str

    @dataclass
    class PriceWanted(Message):
        """Something about prices: what, and of which line where it is of one."""

        what: str
        line: Line | None

    class DiscardWanted(Message):
        """Throw the whole cart away."""

    def compose(self) -> ComposeResult:
        yield Rows(*PLAIN, empty="The cart is empty: Enter adds from the catalogue.")
        yield SteadyText(classes="sums")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done with a line is not offered where there is none."""
        if action in _OF_A_LINE and self.is_mounted:
            return self._line is not None
        return super().check_action(action, parameters)

    def watch_view(self, view: CartView | None) -> None:
        if view is None or not self.is_mounted:
            return
        place = f"Cart {view.place} of {view.carts}" if view.carts > 1 else "Cart"
        self.frame(f"{place} ─ F4", plain(view.cart.name or view.cart.note)[:40])
        self._show_lines(view)
        if view.touched:
            self._rows.move_to(view.touched)
        self._show_sums()

    def on_resize(self) -> None:
        """Where there is more room, more is shown."""
        if self.view is not None:
            self._show_lines(self.view)

    def _show_lines(self, view: CartView) -> None:
        columns = columns_for(view, self.size.width)
        self._rows.set_columns(columns)
        self._rows.replace(line_rows(view, columns), more=False, keep_cursor=True)

    @on(Rows.Highlighted)
    def follow_the_cursor(self, message: Rows.Highlighted) -> None:
        message.stop()
        self._show_sums()

    def _show_sums(self) -> None:
        if self.view is not None:
            row = self._rows.current
            self.query_one(SteadyText).show(sums(self.view, row.key if row else ""))

    def focus_lines(self) -> None:
        self._rows.focus()

    @on(Rows.Chosen)
    def type_quantity(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_quantity()

    def action_quantity(self) -> None:
        if line := self._line:
            self.post_message(self.QuantityWanted(line))

    def action_more(self) -> None:
        if line := self._line:
            self.post_message(self.StepWanted(line.id, 1))

    def action_less(self) -> None:
        if line := self._line:
            self.post_message(self.StepWanted(line.id, -1))

    def action_line_note(self) -> None:
        if line := self._line:
            self.post_message(self.NoteWanted(line))

    def action_deliver_on(self) -> None:
        if line := self._line:
            self.post_message(self.DayWanted(line))

    def action_remove(self) -> None:
        if line := self._line:
            self.post_message(self.RemovalWanted(line.id))

    def action_discard(self) -> None:
        self.post_message(self.DiscardWanted())

    def action_discounts(self) -> None:
        self.post_message(self.PriceWanted("discounts", self._line))

    def action_percent(self) -> None:
        self._want("percent")

    def action_amount(self) -> None:
        self._want("amount")

    def action_price(self) -> None:
        self._want("price")

    def action_case(self) -> None:
        self._want("case")

    def action_below(self) -> None:
        self._want("below")

    def action_above(self) -> None:
        self._want("above")

    def action_why(self) -> None:
        self._want("why")

    def action_approve(self) -> None:
        self.post_message(self.PriceWanted("approve", None))

    def action_fees(self) -> None:
        self.post_message(self.PriceWanted("fees", None))

    def action_price_list(self) -> None:
        self.post_message(self.PriceWanted("price_list", None))

    def _want(self, what: str) -> None:
        if line := self._line:
            self.post_message(self.PriceWanted(what, line))

    @property
    def _rows(self) -> Rows:
        return self.query_one(Rows)

    @property
    def _line(self) -> Line | None:
        row = self._rows.current
        return self.view.cart.line(row.key) if row and self.view else None
