"""Adding a product to the cart, with a question in between where something is to be chosen with it."""

from __future__ import annotations

from decimal import Decimal

from textual import on
from textual.message import Message

from wizterm.domain.money import currency
from wizterm.domain.options import Chosen
from wizterm.messages import WorkFailed
from wizterm.screens.options import OptionsSheet
from wizterm.screens.page import Page
from wizterm.services.cart_view import CartView
from wizterm.services.options import OptionsWantedError


class Adding(Page, inherit_bindings=False):
    """A page that adds products."""

    _count: Decimal | None = None
    """How many were wanted of what is asked about."""

    def added(self, view: CartView) -> Message:
        """How the page hears of the cart with the product in it."""
        raise NotImplementedError

    def add_product(self, sku: str, count: Decimal | None = None) -> None:
        self._count = count
        self.ask(lambda bench: bench.entry.add(sku, count), self.added)

    @on(WorkFailed)
    def ask_for_options(self, message: WorkFailed) -> None:
        """What must be chosen first is a question, no fault."""
        error = message.error
        if not isinstance(error, OptionsWantedError):
            return
        message.stop()
        message.prevent_default()
        option = next((option for each in error.modifiers for option in each.options), None)
        if option is None:
            self.say(f"{error.product.sku} has no options with a price in this currency: ask the office.", "error")
            return
        sku, count = error.product.sku, self._count
        self.app.push_screen(
            OptionsSheet(error.product, error.modifiers, currency(error.currency)),
            lambda chosen: self._add_with(sku, count, chosen),
        )

    def _add_with(self, sku: str, count: Decimal | None, chosen: tuple[Chosen, ...] | None) -> None:
        if chosen is not None:
            self.ask(lambda bench: bench.entry.add(sku, count, options=chosen), self.added)
