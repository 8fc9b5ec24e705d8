"""The cart: its lines, what they come to, and what still stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.cart import Line
from wizterm.domain.quantity import show
from wizterm.domain.text import plain
from wizterm.services.order_entry import CartView
from wizterm.widgets import figures
from wizterm.widgets.pane import Pane
from wizterm.widgets.rows import Column, Row, Rows


class CartPane(Pane):
    DEFAULT_CSS = """
    CartPane {
        & > Rows { height: 1fr; }
        & > .sums { height: auto; text-align: right; }
    }
    """

    HELP = """
Every change is kept on this machine at once. + and − go to the next quantity that the product allows; Enter lets you
type one. What breaks a rule is marked ⚠ and says what would do.
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

    class DiscardWanted(Message):
        """Throw the whole cart away."""

    def compose(self) -> ComposeResult:
        yield Rows(
            Column("SKU", 7),
            Column("Name", 10, grow=True),
            Column("Qty", 5, align="right"),
            Column("Price", 7, align="right"),
            Column("Net", 9, align="right"),
            empty="The cart is empty: Enter in the catalogue adds.",
        )
        yield Static(classes="sums")

    def watch_view(self, view: CartView | None) -> None:
        if view is None or not self.is_mounted:
            return
        place = f"Cart {view.place} of {view.carts}" if view.carts > 1 else "Cart"
        self.border_title = f"{place} ─ F4"
        self.border_subtitle = plain(view.cart.name or view.cart.note)[:40]
        self._rows.replace([_row(line, view) for line in view.cart.lines], more=False, keep_cursor=True)
        if view.touched:
            self._rows.move_to(view.touched)
        self.query_one(".sums", Static).update(sums(view))

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

    @property
    def _rows(self) -> Rows:
        return self.query_one(Rows)

    @property
    def _line(self) -> Line | None:
        row = self._rows.current
        return self.view.cart.line(row.key) if row and self.view else None


def sums(view: CartView) -> Content:
    """The foot: subtotal and discounts where there are any, the minimum, the total."""
    shown = view.totals.currency.show
    lines: list[Content] = []
    if view.totals.discounts:
        lines.append(Content(f"subtotal {shown(view.totals.subtotal):>12}"))
        for discount, amount in zip(view.cart.discounts, view.totals.discounts, strict=True):
            lines.append(Content(f"{plain(discount.reason) or 'cart'} {discount} {shown(-amount):>12}"))
    if view.short:
        lines.append(Content.styled(f"⚠ {view.short}", "$text-warning"))
    lines.append(Content.styled(f"TOTAL {view.cart.currency} {shown(view.totals.total):>12}", "bold"))
    return Content("\n").join(lines)


def _row(line: Line, view: CartView) -> Row:
    total = view.totals.of(line.id)
    in_ = view.totals.currency
    name = plain(line.name)
    trouble = "not sold to this customer" if line.price is None else line.misfit.reason if line.misfit else ""
    if trouble:
        name = f"⚠ {trouble}"
    elif line.deliver_on:
        name = f"{line.deliver_on.day}/{line.deliver_on.month} {name}"
    elif line.note:
        name = f"{name} ✎"
    return Row(
        line.id,
        (line.sku, name, show(line.count), figures.price(line.price, in_), in_.show(total.net)),
        style="warning" if trouble else "",
    )
