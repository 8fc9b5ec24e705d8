"""What the main screen does with carts as wholes: from one to the next, all of them, a step back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.message import Message
from textual.reactive import var

from wizterm.screens.carts import CartsSheet
from wizterm.screens.details import DetailsSheet, Filled
from wizterm.screens.live_stock import LiveStock
from wizterm.screens.prompt import CartPrompt
from wizterm.services.cart_view import CartView
from wizterm.services.order_details import Choices, choices, filled
from wizterm.services.workbench import Workbench
from wizterm.widgets.cart_pane import CartPane
from wizterm.widgets.pane import shop_of


class CartDesk(LiveStock, inherit_bindings=False):
    view: var[CartView | None] = var(None)

    @dataclass
    class CartChanged(Message):
        view: CartView

    @dataclass
    class DetailsWanted(Message):
        """What can be chosen in the details is known."""

        view: CartView
        choices: Choices

    @on(CartChanged)
    def show_cart(self, message: CartChanged) -> None:
        message.stop()
        self.view = message.view

    @on(CartPane.DayWanted)
    def type_line_day(self, message: CartPane.DayWanted) -> None:
        message.stop()
        line = message.line
        self._prompt(
            CartPrompt(
                f"Delivery day of {line.sku} {line.name}",
                lambda bench, text: bench.entry.deliver_on(line.id, text),
                hint="12/4, fri, +7 or 2026-04-12; left empty: with the others.",
                value=line.deliver_on.isoformat() if line.deliver_on else "",
                longest=20,
            )
        )

    def action_new_cart(self) -> None:
        self._change(lambda bench: bench.entry.begin())

    def action_next_cart(self) -> None:
        self._change(lambda bench: bench.entry.switch(1))

    def action_carts(self) -> None:
        self.app.push_screen(CartsSheet(self._show_current), lambda _: self._show_current())

    def action_undo(self) -> None:
        self._change(lambda bench: bench.steps.undo())

    def action_redo(self) -> None:
        self._change(lambda bench: bench.steps.redo())

    def action_details(self) -> None:
        """Ask what the order says besides its lines."""
        if (view := self.view) is not None:
            self.look(
                "details", lambda bench: choices(view, bench.policy), lambda found: self.DetailsWanted(view, found)
            )

    @on(DetailsWanted)
    def show_details(self, message: DetailsWanted) -> None:
        message.stop()
        view = message.view
        today = shop_of(self).machine.clock.today()
        sheet = DetailsSheet(filled(view), message.choices, view.cart.details.signature, today)
        self.app.push_screen(sheet, self._keep_details)

    def _keep_details(self, given: Filled | None) -> None:
        if given is not None:
            self._change(lambda bench: bench.entry.detail(given.details, given.note))

    def _show_current(self) -> None:
        """Show the cart at hand as it is now."""
        self._change(lambda bench: bench.entry.current())

    def _prompt(self, prompt: CartPrompt) -> None:
        self.app.push_screen(prompt, self._changed)

    def _changed(self, view: CartView | None) -> None:
        if view is not None:
            self.post_message(self.CartChanged(view))

    def _change(self, work: Callable[[Workbench], CartView]) -> None:
        self.ask(work, self.CartChanged)
