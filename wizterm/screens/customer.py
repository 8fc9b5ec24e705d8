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
from wizterm.domain.quantity import counted
from wizterm.screens.document import DocumentPage
from wizterm.screens.whole import OpensWhole
from wizterm.services.cart_view import CartView
from wizterm.services.customer_page import Portrait, Tab
from wizterm.widgets.bought_rows import COLUMNS, bought_rows
from wizterm.widgets.customer_card import customer_card
from wizterm.widgets.pane import Pane, shop_of
from wizterm.widgets.rows import Rows

EMPTY = {
    Tab.ORDERS: "No orders yet.",
    Tab.WISHES: "No wishes yet: Alt+W in the catalogue or w on a product's page adds one.",
    Tab.STOCKED: "Nothing was bought at least twice in the last half year.",
    Tab.TOP: "Nothing bought yet.",
    Tab.NEVER: "There is nothing on this customer's list that was never bought.",
}


_WISHES = (commands.MARK_WISH, commands.FILL_CART, commands.TAKE_OFF_WISH)
_FOR_WISHES = frozenset(command.action for command in _WISHES)
_OF_A_ROW = _FOR_WISHES | {commands.ADD_ARTICLE.action, commands.SAME_AGAIN.action}


class CustomerPage(OpensWhole):
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
Left and right go through the lists: the orders and quotes, colleagues' too as of the last sync, what the customer keeps
in stock (bought at least twice in the last half year), the top by turnover, what sells well and was never ordered, and
the wishlist. Enter puts the product under the cursor into the cart at hand. Credit and balance are as of the last sync.
In the orders, Enter opens one that was taken on this machine, and `r` orders it again.

On the wishlist, Space marks, `a` puts the marked ones into the cart at hand (all, where none is marked), and Delete
takes them off the list.
"""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(commands.ADD_ARTICLE, priority=True),
        *bind(commands.SAME_AGAIN, *_WISHES),
        *bind(commands.NEXT_BOUGHT, commands.PREVIOUS_BOUGHT, priority=True),
    ]

    tab: var[Tab] = var(Tab.ORDERS)

    @dataclass
    class Painted(Message):
        portrait: Portrait

    @dataclass
    class Added(Message):
        view: CartView
        what: str

    @dataclass
    class TakenOff(Message):
        words: str

    def __init__(self, customer_id: str) -> None:
        super().__init__()
        self._customer = customer_id
        self._portrait: Portrait | None = None
        self._marked: set[str] = set()
        """Wishes."""

    def body(self) -> ComposeResult:
        with Container(id="panes"):
            with Pane(id="who") as who, VerticalScroll(can_focus=False):
                who.border_title = "Customer"
                yield Static(id="card")
            with Pane(id="bought"):
                yield Static(id="tabs")
                yield Rows(*COLUMNS[Tab.ORDERS])

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Rows))
        self._look()

    @property
    def turned(self) -> dict[str, str]:
        """An order is opened, a product is added."""
        return {commands.ADD_ARTICLE.id: commands.OPEN.title} if self.tab is Tab.ORDERS else {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done with wishes is not offered in other lists, and nothing in an empty one."""
        if action in _OF_A_ROW and self.is_mounted and self.query_one(Rows).current is None:
            return False
        if action in _FOR_WISHES and self.tab is not Tab.WISHES:
            return False
        if action == commands.SAME_AGAIN.action and self.tab is not Tab.ORDERS:
            return False
        return super().check_action(action, parameters)

    @on(Painted)
    def show(self, message: Painted) -> None:
        message.stop()
        self._portrait = portrait = message.portrait
        self.note = portrait.customer.name
        clock = shop_of(self).machine.clock
        self.query_one("#card", Static).update(customer_card(portrait, clock))
        self._show_tab()
        self.let_see()

    @on(Added)
    def say_added(self, message: Added) -> None:
        message.stop()
        lines = len(message.view.cart.lines)
        self.say(message.view.said or f"{message.what} in the cart: {counted(lines, 'line')}.")

    @on(Rows.Chosen)
    def add_chosen(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_add()

    def action_add(self) -> None:
        """Put the product under the cursor into the cart at hand, or open the order that it is."""
        row = self.query_one(Rows).current
        if row is None:
            return
        if self.tab is Tab.ORDERS:
            self._open_order(int(row.key))
            return
        sku = row.key
        self.ask(
            lambda bench: bench.customer_pages.add(self._customer, sku), lambda view: self.Added(view, f"{sku} is")
        )

    def action_same_again(self) -> None:
        """The order under the cursor once more: on its own page, which compares the prices."""
        row = self.query_one(Rows).current
        if row is not None and self.tab is Tab.ORDERS:
            self._open_order(int(row.key), again=True)

    def _open_order(self, place: int, *, again: bool = False) -> None:
        order = self._portrait.orders[place] if self._portrait else None
        if order is None:
            return
        if order.document is None:
            self.say(f"{order.number} was not taken on this machine: → shows what was bought, and Enter there adds it.")
            return
        self.app.push_screen(DocumentPage(order.document, again=again))

    @on(TakenOff)
    def say_taken_off(self, message: TakenOff) -> None:
        message.stop()
        self.say(message.words)
        shop_of(self).syncing.submitted()
        self._look()

    def action_mark(self) -> None:
        row = self.query_one(Rows).current
        if row is not None:
            self._marked ^= {row.key}
            self._show_tab(keep_cursor=True)

    def action_fill(self) -> None:
        wishes = [each.sku for each in self._portrait.articles[Tab.WISHES]] if self._portrait else []
        skus = [sku for sku in wishes if sku in self._marked or not self._marked]
        if skus:
            what = f"{counted(len(skus), 'product')} {'is' if len(skus) == 1 else 'are'}"
            self.ask(lambda bench: bench.wishing.into_cart(self._customer, skus), lambda view: self.Added(view, what))

    def action_take_off(self) -> None:
        row = self.query_one(Rows).current
        skus = tuple(self._marked) or ((row.key,) if row is not None else ())
        if skus:
            self._marked = set()
            self.ask(lambda bench: bench.wishing.take_off(self._customer, skus), self.TakenOff)

    def action_next(self) -> None:
        self.tab = self.tab.beside(1)

    def action_previous(self) -> None:
        self.tab = self.tab.beside(-1)

    def watch_tab(self) -> None:
        if self.is_mounted:
            self._marked = set()
            self._show_tab()
            self.refresh_bindings()

    def _look(self) -> None:
        self.look("portrait", lambda bench: bench.customer_pages.portrait(self._customer), self.Painted)

    def _show_tab(self, *, keep_cursor: bool = False) -> None:
        portrait = self._portrait
        if portrait is None:
            return
        tabs = Content("   ").join(
            Content.styled(f"[{tab}]", "$accent bold") if tab is self.tab else Content(str(tab)) for tab in Tab
        )
        self.query_one("#tabs", Static).update(tabs)
        rows = self.query_one(Rows)
        rows.say_when_empty(EMPTY[self.tab])
        columns, found = bought_rows(portrait, self.tab, self._marked)
        rows.set_columns(columns)
        rows.replace(found, more=False, keep_cursor=keep_cursor)
