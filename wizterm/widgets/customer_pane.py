"""Whom the cart is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import var

from wizterm import commands
from wizterm.bindings import bind
from wizterm.domain.clock import days_ago
from wizterm.domain.customer import Customer
from wizterm.domain.money import Currency
from wizterm.domain.text import plain
from wizterm.services.cart_view import CartView
from wizterm.services.customer_book import History
from wizterm.widgets import figures
from wizterm.widgets.pane import Pane
from wizterm.widgets.steady_text import SteadyText


class CustomerPane(Pane, can_focus=True):
    DEFAULT_CSS = """
    CustomerPane > SteadyText { height: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    HELP = """
F3 or Enter opens the list of customers: type the beginning of a name or number. F2 there enters a new customer, who
can be ordered for at once.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose customer", show=True),
        *bind(commands.CUSTOMER_CARD),
    ]

    view: var[CartView | None] = var(None)
    history: var[History | None] = var(None)

    @dataclass
    class PageWanted(Message):
        customer: str

    class ChoiceWanted(Message):
        """The rep wants to choose a customer."""

    class Recalled(Message):
        """The customer's past orders are here."""

        def __init__(self, customer: str, history: History) -> None:
            super().__init__()
            self.customer = customer
            self.history = history

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nobody has no page."""
        if action == commands.CUSTOMER_CARD.action:
            return self.view is not None and self.view.customer is not None
        return super().check_action(action, parameters)

    def action_page(self) -> None:
        if self.view is not None and self.view.customer is not None:
            self.post_message(self.PageWanted(self.view.customer.id))

    def compose(self) -> ComposeResult:
        yield SteadyText()

    def on_mount(self) -> None:
        self.frame("Customer ─ F3")

    def watch_view(self, before: CartView | None, after: CartView | None) -> None:
        if after is None or not self.is_mounted:
            return
        if before is None or before.cart.customer != after.cart.customer:
            self.history = None
            self.screen.refresh_bindings()
        if before is None or _whose(before) != _whose(after):
            self._recall(after.cart.customer)
        self._show()

    def watch_history(self) -> None:
        if self.is_mounted:
            self._show()

    def on_customer_pane_recalled(self, message: Recalled) -> None:
        message.stop()
        if self.view is not None and message.customer == self.view.cart.customer:
            self.history = message.history

    def action_choose(self) -> None:
        self.post_message(self.ChoiceWanted())

    def on_click(self) -> None:
        self.action_choose()

    def _recall(self, customer: str) -> None:
        if customer:
            self.look(
                "customer",
                lambda bench: bench.customers.history(customer),
                lambda found: self.Recalled(customer, found),
            )

    def _show(self) -> None:
        if self.view is not None:
            self.query_one(SteadyText).show(_card(self.view, self.history))


def _whose(view: CartView) -> tuple[str, str]:
    """Another cart of the same customer may follow an order of theirs."""
    return view.cart.id, view.cart.customer


def _card(view: CartView, history: History | None) -> Content:
    customer = view.customer
    if customer is None:
        return Content.assemble(
            Content.styled("No customer is chosen yet.", "bold"),
            f"\nPrices of the list {plain(view.price_list.name)} apply.\nPress F3 to choose the customer.",
        )
    shown = view.totals.currency
    lines = [_name(customer, view), Content(_where(customer)), Content(_who(customer, shown))]
    if history is not None:
        lines.append(Content(_past(history, shown)))
    return Content("\n").join(line for line in lines if line.plain)


def _name(customer: Customer, view: CartView) -> Content:
    number = customer.number or "new"
    terms = " · ".join(part for part in (view.price_list.name, customer.payment_terms) if part)
    return Content.assemble(f"{plain(number)}  ", Content.styled(plain(customer.name), "bold"), f"  {plain(terms)}")


def _where(customer: Customer) -> str:
    return plain(f"ship: {customer.ship_to}") if str(customer.ship_to) else ""


def _who(customer: Customer, shown: Currency) -> str:
    """The person and the credit share a line: a whole address leaves no room beside it."""
    person = customer.contacts[0].name if customer.contacts else ""
    return plain(" · ".join(part for part in (person, _credit(customer, shown)) if part))


def _credit(customer: Customer, shown: Currency) -> str:
    if customer.credit_limit is None:
        return ""
    balance = shown.show(customer.balance) if customer.balance is not None else "not known"
    return f"limit {shown.show(customer.credit_limit)} / balance {balance}"


def _past(history: History, shown: Currency) -> str:
    if not history.orders:
        return "No orders before."
    return (
        f"bought {history.orders}× · {days_ago(history.days_since)} · avg {shown.show(history.average)}  "
        f"{figures.sparkline(history.by_month)}"
    )
