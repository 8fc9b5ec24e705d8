"""A family of variants as a sheet: quantities are typed into it and go into the cart in one step."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.clock import Clock
from wizterm.domain.money import ZERO, currency
from wizterm.domain.quantity import MOST, counted, show
from wizterm.domain.size_runs import SizeRuns
from wizterm.domain.text import plain
from wizterm.messages import WorkFailed
from wizterm.screens.whole import OpensWhole
from wizterm.services.cart_view import CartView
from wizterm.services.variants import VariantSheet
from wizterm.widgets import figures
from wizterm.widgets.pane import shop_of
from wizterm.widgets.variant_table import VariantTable


class VariantGridPage(OpensWhole):
    DEFAULT_CSS = """
    VariantGridPage {
        & > VerticalScroll { height: 1fr; padding: 1; }
        & > .facts { height: 4; padding: 0 1; border-top: solid $border-blurred; color: $foreground 80%; }
    }
    """

    HELP = """
Type a quantity and move on with the arrows. = copies the run of a colour to the next colour, as far as it comes in
these sizes. A dot marks what is not available. Enter puts everything into the cart at once, and undo takes it all back.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("variants"))

    @dataclass
    class Read(Message):
        sheet: VariantSheet

    @dataclass
    class Added(Message):
        view: CartView

    def __init__(self, sku: str) -> None:
        super().__init__()
        self._sku = sku

    def body(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield VariantTable()
        yield Static(classes="facts")

    def on_mount(self) -> None:
        self._table.focus()
        sku = self._sku
        self.look("variants", lambda bench: bench.variants.sheet(sku), self.Read)

    @on(Read)
    def show(self, message: Read) -> None:
        message.stop()
        self.note = message.sheet.family
        self._table.open(message.sheet, self._sku)
        self.let_see()

    @on(VariantTable.Changed)
    def show_facts(self, message: VariantTable.Changed) -> None:
        message.stop()
        if (sheet := self._table.sheet) is not None:
            words = _facts(sheet, message.runs, shop_of(self).machine.clock)
            self.query_one(".facts", Static).update(Content(plain(words[0]) + "\n" + plain(words[1])))

    @on(WorkFailed)
    def leave_where_there_is_none(self) -> None:
        """What failed is said by the page that this one leaves to."""
        if self._table.sheet is None:
            self.dismiss()

    @on(Added)
    def leave(self, message: Added) -> None:
        message.stop()
        self.say(message.view.said)
        self.dismiss()

    def action_copy(self) -> None:
        if (runs := self._table.runs) is not None:
            self._table.change(runs.copied_down())

    def action_clear(self) -> None:
        if (runs := self._table.runs) is not None:
            self._table.change(runs.cleared())

    def action_add(self) -> None:
        sheet, runs = self._table.sheet, self._table.runs
        if sheet is not None and runs is not None:
            counts = {sheet.offers[cell].product.sku: count for cell, count in runs.counts.items()}
            self.ask(lambda bench: bench.variants.add(counts), self.Added)

    @property
    def _table(self) -> VariantTable:
        return self.query_one(VariantTable)


def _facts(sheet: VariantSheet, runs: SizeRuns, clock: Clock) -> tuple[str, str]:
    """On the cell under the cursor, and on everything that is typed."""
    in_ = currency(sheet.price_list.currency)
    offer = sheet.offers.get(runs.at)
    if offer is None:
        return "There is no such variant.", _whole(sheet, runs)
    parts = [f"{offer.product.sku} {offer.product.name}", figures.price(offer.price, in_)]
    parts.append(figures.stock_with_age(offer.stock, clock))
    parts += [f"{show(held)} in the cart"] if (held := sheet.in_cart.get(runs.at, ZERO)) else []
    if runs.too_many:
        too_many = f"⚠ That is too many: one line holds at most {show(MOST)}. Type it again."
        return " · ".join([too_many, *parts[:1]]), _whole(sheet, runs)
    misfit = offer.product.rule.misfit(runs.count) if runs.count else None
    parts += [f"⚠ {misfit.reason}"] if misfit else []
    parts += ["not available"] if runs.at not in runs.open else []
    return " · ".join(parts), _whole(sheet, runs)


def _whole(sheet: VariantSheet, runs: SizeRuns) -> str:
    in_ = currency(sheet.price_list.currency)
    value = sum((_value(sheet, cell, count) for cell, count in runs.counts.items()), ZERO)
    return f"{counted(runs.total, 'piece')} · {sheet.price_list.currency} {in_.show(in_.round(value))} before discounts"


def _value(sheet: VariantSheet, cell: tuple[int, int], count: Decimal) -> Decimal:
    ladder = sheet.offers[cell].ladder if cell in sheet.offers else ()
    reached = [step.amount for step in ladder if step.min_quantity <= count]
    return count * reached[-1] if reached else ZERO
