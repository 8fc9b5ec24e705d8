"""The main screen: catalogue, customer, cart and sync; all four at 120 columns, one at a time where it is narrow."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import var

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.browsing import Browse
from wizterm.domain.customer import Customer
from wizterm.domain.quantity import EACH, show
from wizterm.messages import WorkFailed
from wizterm.screens.adding import Adding
from wizterm.screens.choose_customer import ChooseCustomer
from wizterm.screens.create_order import CreateOrder
from wizterm.screens.customer import CustomerPage
from wizterm.screens.filters import FiltersSheet
from wizterm.screens.order_scans import OrderScans
from wizterm.screens.picture_finding import PictureFinding
from wizterm.screens.product import ProductPage
from wizterm.screens.prompt import CartPrompt
from wizterm.screens.shelves import ShelvesSheet
from wizterm.screens.variant_grid import VariantGridPage
from wizterm.screens.wishing import Wishes
from wizterm.services.cart_view import CartView
from wizterm.services.outlook import Outlook
from wizterm.widgets.cart_pane import CartPane
from wizterm.widgets.catalogue_pane import CataloguePane
from wizterm.widgets.customer_pane import CustomerPane
from wizterm.widgets.pane import shop_of
from wizterm.widgets.scan_line import ScanLine
from wizterm.widgets.summary_line import SummaryLine, TabLine
from wizterm.widgets.sync_pane import SyncPane

WIDE = 110
"""Columns from which all four panes fit."""


class OrderPage(OrderScans, Adding, Wishes, PictureFinding, inherit_bindings=False):
    DEFAULT_CSS = """
    OrderPage {
        & #panes { height: 1fr; }
        & #left { width: 1fr; }
        & #right { width: 1fr; }
        & CataloguePane { height: 1fr; }
        & CustomerPane { height: 6; }
        & CartPane { height: 1fr; }
        & SyncPane { height: 3; }
        &.-narrow {
            & TabLine { display: block; }
            & SummaryLine { display: block; }
            & #left, & #right, & SyncPane { display: none; }
            & CustomerPane, & CartPane { display: none; height: 1fr; }
            &.-catalogue #left, &.-customer #right, &.-cart #right { display: block; }
            &.-customer CustomerPane, &.-cart CartPane { display: block; }
            &.-sync #panes { display: none; }
            &.-sync SyncPane { display: block; height: 1fr; }
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(*commands.of("order")),
        Binding("escape", "back", show=False),
    ]

    active: var[str] = var("catalogue")
    """The pane at hand."""

    def body(self) -> ComposeResult:
        clock = shop_of(self).machine.clock
        yield TabLine().data_bind(active=OrderPage.active)
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield CataloguePane(clock).data_bind(OrderPage.view)
            with Vertical(id="right"):
                yield CustomerPane().data_bind(OrderPage.view)
                yield CartPane().data_bind(OrderPage.view)
        yield SyncPane(clock).data_bind(OrderPage.outlook)
        yield ScanLine()
        yield SummaryLine().data_bind(OrderPage.view)

    def added(self, view: CartView) -> Message:
        return self.CartChanged(view)

    def on_mount(self) -> None:
        self.action_catalogue()
        self._change(lambda bench: bench.entry.current())

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < WIDE, "-narrow")

    def watch_active(self, before: str, after: str) -> None:
        self.remove_class(f"-{before}")
        self.add_class(f"-{after}")

    def watch_view(self, view: CartView | None) -> None:
        if view is not None:
            self.note = view.customer.name if view.customer else "guest cart"
            if view.said:
                self.say(view.said)
            self.open_scan_mode_for_a_new_order(view)

    def watch_outlook(self, before: Outlook, after: Outlook) -> None:
        """After a sync, show what could not be shown for want of a catalogue."""
        if after.synced_at == before.synced_at or not self.is_mounted:
            return
        if self.view is None:
            self._change(lambda bench: bench.entry.current())
        else:
            self.query_one(CataloguePane).search_if_nothing_is_shown()

    @on(WorkFailed)
    def say_in_the_list(self) -> None:
        """What failed is said in the corner; without a cart there is nothing to look products up for."""
        if self.view is None:
            self.query_one(CataloguePane).say_nothing_yet()

    @on(events.DescendantFocus)
    def follow_focus(self, event: events.DescendantFocus) -> None:
        for name, kind in _PANES.items():
            if any(isinstance(node, kind) for node in event.widget.ancestors_with_self):
                self.active = name

    @on(CataloguePane.AddWanted)
    def add(self, message: CataloguePane.AddWanted) -> None:
        message.stop()
        self.add_product(message.sku, message.count)

    @on(CataloguePane.FirstWanted)
    def add_first(self, message: CataloguePane.FirstWanted) -> None:
        message.stop()
        self._count = message.count
        self._change(lambda bench: bench.entry.add_first(message.words, message.count, message.browse))

    @on(CataloguePane.ProductWanted)
    def open_product(self, message: CataloguePane.ProductWanted) -> None:
        message.stop()
        self.app.push_screen(ProductPage(message.sku), self._come_back)

    @on(CataloguePane.VariantsWanted)
    def open_variants(self, message: CataloguePane.VariantsWanted) -> None:
        message.stop()
        self.app.push_screen(VariantGridPage(message.sku), self._come_back)

    @on(CataloguePane.ShelvesWanted)
    def open_shelves(self, message: CataloguePane.ShelvesWanted) -> None:
        message.stop()
        self.app.push_screen(ShelvesSheet(message.browse, self._customer, self._list), self._browse)

    @on(CataloguePane.FiltersWanted)
    def open_filters(self, message: CataloguePane.FiltersWanted) -> None:
        message.stop()
        self.app.push_screen(FiltersSheet(message.browse, self._customer, message.words, self._list), self._browse)

    @on(CartPane.StepWanted)
    def step(self, message: CartPane.StepWanted) -> None:
        message.stop()
        self._change(lambda bench: bench.entry.step(message.line, message.step))

    @on(CartPane.RemovalWanted)
    def remove_line(self, message: CartPane.RemovalWanted) -> None:
        message.stop()
        self._change(lambda bench: bench.entry.remove(message.line))

    @on(CartPane.DiscardWanted)
    def discard(self, message: CartPane.DiscardWanted) -> None:
        message.stop()
        self._change(lambda bench: bench.entry.discard())

    @on(CartPane.QuantityWanted)
    def type_quantity(self, message: CartPane.QuantityWanted) -> None:
        message.stop()
        line = message.line
        rule = line.rule.describe()
        unit = "pieces" if line.unit == EACH else line.unit.code
        hint = f"In {unit}, or with a unit: 2 case. {rule}{' ' if rule else ''}0 removes the line."
        if self.view is not None and self.view.limits.may_credit:
            hint += " −3 takes three back."
        self._prompt(
            CartPrompt(
                f"Quantity of {line.sku} {line.name}",
                lambda bench, text: bench.quantities.count(line.id, text),
                hint=hint,
                value=show(line.count),
                longest=24,
            )
        )

    @on(CartPane.NoteWanted)
    def type_line_note(self, message: CartPane.NoteWanted) -> None:
        message.stop()
        line = message.line
        self._prompt(
            CartPrompt(
                f"Note for {line.sku} {line.name}",
                lambda bench, text: bench.entry.note_line(line.id, text),
                hint="Goes with the line to the company.",
                value=line.note,
            )
        )

    @on(CustomerPane.PageWanted)
    def open_customer(self, message: CustomerPane.PageWanted) -> None:
        message.stop()
        self.app.push_screen(
            CustomerPage(message.customer), lambda _: self._change(lambda bench: bench.entry.current())
        )

    @on(CustomerPane.ChoiceWanted)
    def choose_customer(self, message: CustomerPane.ChoiceWanted) -> None:
        message.stop()
        self.action_customer()

    @on(SyncPane.QueueWanted)
    async def open_queue(self, message: SyncPane.QueueWanted) -> None:
        message.stop()
        await self.run_action("app.queue")

    def action_catalogue(self) -> None:
        self.active = "catalogue"
        self.query_one(CataloguePane).focus_search()

    def action_customer(self) -> None:
        self.active = "customer"
        self.query_one(CustomerPane).focus()
        self.app.push_screen(ChooseCustomer(), self._choose)

    def action_cart(self) -> None:
        """Go to the cart; from there, to all of them."""
        if self.query_one(CartPane).has_focus_within:
            self.action_carts()
            return
        self.active = "cart"
        self.query_one(CartPane).focus_lines()

    def action_sync_pane(self) -> None:
        self.active = "sync"
        self.query_one(SyncPane).focus()

    def action_create(self) -> None:
        if self.view is not None:
            self.app.push_screen(CreateOrder(self.view), self._created)

    def action_back(self) -> None:
        """This is where one comes back to."""
        self.action_catalogue()

    @property
    def _customer(self) -> Customer | None:
        return self.view.customer if self.view else None

    @property
    def _list(self) -> str:
        """The cart's price list; empty before there is a cart."""
        return self.view.cart.price_list if self.view else ""

    def _come_back(self, _: None) -> None:
        """What was done on another page shows in the cart."""
        self._change(lambda bench: bench.entry.current())

    def _browse(self, browse: Browse | None) -> None:
        if browse is not None:
            self.query_one(CataloguePane).show(browse)

    def _created(self, submitted: object) -> None:
        self._change(lambda bench: bench.entry.current())
        if submitted is True:
            self.action_catalogue()

    def _choose(self, customer_id: str | None) -> None:
        if customer_id is not None:
            self.propose_customer(customer_id)
            self.action_catalogue()


_PANES = {"catalogue": CataloguePane, "customer": CustomerPane, "cart": CartPane, "sync": SyncPane}
