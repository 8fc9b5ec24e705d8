"""All open carts: go to one, begin, copy, merge, split, put aside, throw away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.clock import Clock, age
from wizterm.domain.money import currency
from wizterm.screens.page import Sheet
from wizterm.screens.prompt import Prompt
from wizterm.services.cart_shelf import LONGEST_NAME
from wizterm.services.cart_summary import CartSummary
from wizterm.services.cart_view import CartView
from wizterm.services.workbench import Workbench
from wizterm.widgets.pane import shop_of
from wizterm.widgets.rows import Column, Row, Rows


class CartsSheet(Sheet[bool]):
    """Gives True; whatever was done here, the cart at hand may be another."""

    DEFAULT_CSS = """
    CartsSheet {
        & > #sheet { width: 100; height: 60%; min-height: 14; }
        & Rows { height: 1fr; }
    }
    """

    HELP = """
Every cart of this machine stands here, whoever it is for, with a network or without one. Each is kept until it becomes
an order or a quote, or is thrown away; what was thrown away by mistake comes back with `u`.
"""

    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("carts"))

    @dataclass
    class Listed(Message):
        carts: tuple[CartSummary, ...]

    @dataclass
    class Done(Message):
        said: str

    class Gone(Message):
        """Another cart is at hand, and that was wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._carts: dict[str, CartSummary] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as sheet:
            sheet.border_title = "Carts"
            sheet.border_subtitle = "↵ go to · n new · r name · c copy · m merge · h hold · s split · F1 help"
            yield Rows(
                Column("", 1),
                Column("Name", 8, grow=True),
                Column("Customer", 10, grow=True),
                Column("Lines", 5, align="right"),
                Column("Total", 8, align="right"),
                Column("Age", 6, align="right"),
                Column("Where", 7),
                empty="No cart is open: n begins one.",
            )

    def on_mount(self) -> None:
        self.query_one(Rows).focus()
        self._list()

    @on(Listed)
    def show(self, message: Listed) -> None:
        message.stop()
        clock = shop_of(self).machine.clock
        self._carts = {cart.id: cart for cart in message.carts}
        rows = [_row(cart, clock) for cart in message.carts]
        self.query_one(Rows).replace(rows, more=False, keep_cursor=True)

    @on(Done)
    def say_done(self, message: Done) -> None:
        message.stop()
        self.say(message.said)
        self._list()

    @on(Gone)
    def leave(self, message: Gone) -> None:
        message.stop()
        self.dismiss(True)  # noqa: FBT003 - the result, not an option

    @on(Rows.Chosen)
    def open_clicked(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_open()

    def action_back(self) -> None:
        self.dismiss(True)  # noqa: FBT003 - as above

    def action_open(self) -> None:
        if cart := self._current:
            self._go(lambda bench: bench.entry.open(cart.id))

    def action_begin(self) -> None:
        self._go(lambda bench: bench.entry.begin())

    def action_copy(self) -> None:
        if cart := self._current:
            self._go(lambda bench: bench.shelf.copy(cart.id))

    def action_merge(self) -> None:
        if cart := self._current:
            self._go(lambda bench: bench.shelf.merge(cart.id))

    def action_hold(self) -> None:
        if cart := self._current:
            self._do(lambda bench: bench.shelf.hold_or_reopen(cart.id))

    def action_split(self) -> None:
        if cart := self._current:
            self._do(lambda bench: bench.shelf.split(cart.id))

    def action_discard(self) -> None:
        if cart := self._current:
            self._do(lambda bench: bench.shelf.discard(cart.id))

    def action_bring_back(self) -> None:
        self._do(lambda bench: bench.shelf.bring_back())

    def action_rename(self) -> None:
        """Ask for the cart's name."""
        if cart := self._current:
            prompt = Prompt("Name of the cart", hint="Such as: spring restock.", value=cart.name, longest=LONGEST_NAME)
            self.app.push_screen(prompt, lambda name: self._rename(cart.id, name))

    def _rename(self, cart_id: str, name: str | None) -> None:
        if name is not None:
            self._do(lambda bench: bench.shelf.rename(cart_id, name))

    @property
    def _current(self) -> CartSummary | None:
        row = self.query_one(Rows).current
        return self._carts.get(row.key) if row else None

    def _go(self, work: Callable[[Workbench], CartView]) -> None:
        self.ask(work, lambda _: self.Gone())

    def _do(self, work: Callable[[Workbench], str]) -> None:
        self.ask(work, self.Done)

    def _list(self) -> None:
        self.ask(lambda bench: bench.shelf.all(), self.Listed)


def _row(cart: CartSummary, clock: Clock) -> Row:
    total = f"{cart.currency} {currency(cart.currency).show(cart.total)}"
    return Row(
        cart.id,
        (
            "▸" if cart.at_hand else "",
            cart.name or "cart",
            cart.customer or "guest cart",
            str(cart.lines),
            total,
            " ".join(age(clock.now() - cart.touched_at).split()[:2]),
            "‖ held" if cart.held else "⌂ here",
        ),
        style="quiet" if cart.held else "",
    )
