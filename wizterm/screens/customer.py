"""A customer's page: who they are, how they stand, what they bought and what they never did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.money import currency
from wizterm.domain.quantity import show
from wizterm.screens.page import Page
from wizterm.services.cart_view import CartView
from wizterm.services.customer_page import Portrait, Tab
from wizterm.widgets.customer_card import customer_card
from wizterm.widgets.pane import Pane, shop_of
from wizterm.widgets.rows import Column, Row, Rows

EMPTY = {
    Tab.ORDERS: "No orders yet.",
    Tab.STOCKED: "Nothing was bought at least twice in the last half year.",
    Tab.TOP: "Nothing was bought yet.",
    Tab.NEVER: "There is nothing on this customer's list that was never bought.",
}


class CustomerPage(Page):
    DEFAULT_CSS = """
    CustomerPage {
        & > #panes { height: 1fr; layout: horizontal; }
        & #who { width: 52; height: 1fr; }
        & #who > VerticalScroll { scrollbar-size-vertical: 1; }
        & #bought { width: 1fr; height: 1fr; }
        & #tabs { height: 1; }
        & Rows { height: 1fr; }
        &.-narrow {
            & > #panes { layout: vertical; }
            & #who { width: 1fr; height: 9; }
        }
    }
    """

    HELP = """
Left and right go through what was bought: the orders, what the customer keeps in stock (bought at least twice in the
last half year), the top by turnover, and what sells well and was never ordered. Enter puts the product under the
cursor into the cart at hand. Credit and balance are as of the last sync.
"""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(commands.ADD_ARTICLE),
        *bind(commands.NEXT_BOUGHT, commands.PREVIOUS_BOUGHT, priority=True),
    ]

    tab: var[Tab] = var(Tab.ORDERS)

    @dataclass
    class Painted(Message):
        portrait: Portrait

    @dataclass
    class Added(Message):
        view: CartView
        sku: str

    def __init__(self, customer_id: str) -> None:
        super().__init__()
        self._customer = customer_id
        self._portrait: Portrait | None = None

    def body(self) -> ComposeResult:
        with Container(id="panes"):
            with Pane(id="who") as who, VerticalScroll(can_focus=False):
                who.border_title = "Customer"
                yield Static(id="card")
            with Pane(id="bought"):
                yield Static(id="tabs")
                yield Rows(
                    Column("", 12),
                    Column("", 12, grow=True),
                    Column("", 10),
                    Column("", 6, align="right"),
                    Column("", 10, align="right"),
                )

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Rows))
        self.look("portrait", lambda bench: bench.customer_pages.portrait(self._customer), self.Painted)

    @on(Painted)
    def show(self, message: Painted) -> None:
        message.stop()
        self._portrait = portrait = message.portrait
        self.note = portrait.customer.name
        clock = shop_of(self).machine.clock
        self.query_one("#card", Static).update(customer_card(portrait, clock))
        self._show_tab()

    @on(Added)
    def say_added(self, message: Added) -> None:
        message.stop()
        lines = len(message.view.cart.lines)
        self.say(f"{message.sku} is in the cart: {lines} {'line' if lines == 1 else 'lines'}.")

    @on(Rows.Chosen)
    def add_chosen(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_add()

    def action_add(self) -> None:
        """Put the product under the cursor into the cart at hand."""
        row = self.query_one(Rows).current
        if row is not None and self.tab is not Tab.ORDERS:
            self.ask(
                lambda bench: bench.customer_pages.add(self._customer, row.key), lambda view: self.Added(view, row.key)
            )

    def action_next(self) -> None:
        self.tab = self.tab.beside(1)

    def action_previous(self) -> None:
        self.tab = self.tab.beside(-1)

    def watch_tab(self) -> None:
        if self.is_mounted:
            self._show_tab()

    def _show_tab(self) -> None:
        portrait = self._portrait
        if portrait is None:
            return
        tabs = Content("   ").join(
            Content.styled(f"[{tab}]", "$accent bold") if tab is self.tab else Content(str(tab)) for tab in Tab
        )
        self.query_one("#tabs", Static).update(tabs)
        rows = self.query_one(Rows)
        rows.say_when_empty(EMPTY[self.tab])
        found = _orders(portrait) if self.tab is Tab.ORDERS else _articles(portrait, self.tab)
        rows.replace(found, more=False, keep_cursor=False)


def _orders(portrait: Portrait) -> list[Row]:
    in_ = currency(portrait.price_list.currency)
    return [
        Row(
            f"{place}",
            (order.number, "", order.date.isoformat(), f"{order.lines} ln", in_.show(order.value)),
        )
        for place, order in enumerate(portrait.orders)
    ]


def _articles(portrait: Portrait, tab: Tab) -> list[Row]:
    in_ = currency(portrait.price_list.currency)
    return [
        Row(
            article.sku,
            (
                article.sku,
                article.name,
                article.last.isoformat() if article.last else "",
                f"{article.times}×" if article.times else "",
                in_.show(article.value) if tab is Tab.TOP else show(article.quantity) if article.quantity else "",
            ),
        )
        for article in portrait.articles[tab]
    ]
