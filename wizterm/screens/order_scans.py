"""What a scan does on the order screen, whatever has the focus there."""

from __future__ import annotations

from textual.screen import Screen

from wizterm.domain.customer import Customer
from wizterm.domain.scan_commands import Order
from wizterm.screens.look_up import LookUpPage
from wizterm.screens.price_desk import PriceDesk
from wizterm.screens.scan_desk import ScanHabits, ScanTally
from wizterm.screens.scan_mode import ScanModePage
from wizterm.screens.scan_questions import ScanQuestions
from wizterm.services.cart_view import CartView
from wizterm.services.scan_result import ScanResult, Wish, read_wish
from wizterm.widgets.catalogue_pane import CataloguePane
from wizterm.widgets.scan_line import ScanLine
from wizterm.widgets.search_field import SearchField


class OrderScans(ScanQuestions, PriceDesk, inherit_bindings=False):
    def __init__(self, habits: ScanHabits | None = None) -> None:
        super().__init__()
        self.habits = habits or ScanHabits()
        self.tally = ScanTally(looking_up=self.habits.looks_up)
        self._opened = ""

    def action_create(self) -> None:
        raise NotImplementedError

    def action_scan(self) -> None:
        self._over_this(ScanModePage(self.view, self, self.action_create))

    def open_scan_mode_for_a_new_order(self, view: CartView) -> None:
        """Once for each empty cart that comes to hand, where the configuration says so."""
        if self.habits.opens_orders and not view.cart.lines and view.cart.id != self._opened:
            self._opened = view.cart.id
            self.action_scan()

    def typed_wish(self) -> Wish | None:
        field = self.query_one(CataloguePane).query_one(SearchField)
        wish = read_wish(field.value)
        if wish is not None:
            field.value = ""
        return wish

    def obey(self, order: Order) -> None:
        if order is Order.SUBMIT:
            self.action_create()
        elif order is Order.NEW_CART:
            self.action_new_cart()
        elif order is Order.SCAN_MODE:
            self.action_scan()

    def on_mount(self) -> None:
        self.show_mode()

    def show_mode(self) -> None:
        self.query_one(ScanLine).looking_up = self.tally.looking_up

    def show_product(self, sku: str, words: str) -> None:
        self._over_this(LookUpPage(sku, words, self))

    @property
    def buyer(self) -> Customer | None:
        return self.view.customer if self.view else None

    def show_scan(self, result: ScanResult) -> None:
        line = self.query_one(ScanLine)
        line.result, line.waiting = result, self.tally.waiting
        if result.view is not None:
            self.view = result.view

    def _over_this(self, page: Screen[None]) -> None:
        """Open a page; what was done on it shows here when it is left."""

        def come_back(_: None) -> None:
            self.show_mode()
            self._change(lambda bench: bench.entry.current())

        self.app.push_screen(page, come_back)
