"""Other prices for a whole cart: what they would change is shown before they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from wizterm.domain.cart import Cart, Line
from wizterm.domain.customer import Customer
from wizterm.domain.prices import PriceList
from wizterm.domain.totals import Totals
from wizterm.services.cart_view import CartView
from wizterm.services.cart_words import difference_said
from wizterm.services.catalogue import CatalogueSearch
from wizterm.services.customer_book import CustomerBook
from wizterm.services.order_entry import EntryError, OrderEntry
from wizterm.services.pricing import CartPricing


@dataclass(frozen=True, slots=True)
class Moved:
    """A line whose price is another."""

    sku: str
    name: str
    before: Decimal | None
    after: Decimal | None
    """None: not sold."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A cart at other prices, not kept yet."""

    for_: str
    """The customer or the list."""
    cart: Cart
    before: Totals
    after: Totals
    moved: tuple[Moved, ...]
    lines: int

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing that a person should look at first: tax follows from who the customer is."""
        same_fees = sum(self.before.fees) == sum(self.after.fees)
        return not self.moved and same_fees and self.before.goods == self.after.goods


class Repricing:
    def __init__(self, entry: OrderEntry, search: CatalogueSearch, book: CustomerBook, pricing: CartPricing) -> None:
        self._entry = entry
        self._search = search
        self._book = book
        self._pricing = pricing

    def for_customer(self, customer_id: str) -> Proposal:
        """The cart at hand at a customer's prices."""
        customer = self._book.get(customer_id)
        if customer is None:
            raise EntryError("That customer is no longer on this machine: search again.")
        return self._proposal(customer.name, customer, self._search.price_list(customer.price_list))

    def lists(self) -> tuple[PriceList, ...]:
        """The lists this rep may give a cart; raises `EntryError` where that is none."""
        if not self._pricing.rep_limits().may_switch_lists:
            raise EntryError("The office has not let you choose price lists: the customer's own applies.")
        return tuple(self._search.price_lists())

    def for_list(self, list_id: str) -> Proposal:
        """The cart at hand at the prices of another list."""
        price_list = next((each for each in self.lists() if each.id == list_id), None)
        if price_list is None:
            raise EntryError("That price list is no longer on this machine: sync, or choose another.")
        view = self._entry.current()
        return self._proposal(price_list.name, view.customer, price_list)

    def keep(self, proposal: Proposal) -> CartView:
        """Make it so, for the cart as it is by now."""
        target = proposal.cart
        price_list = self._search.price_list(target.price_list)

        def move(cart: Cart) -> Cart:
            return self._entry.repriced(cart.moving_to(target.customer, price_list))

        said = difference_said(proposal.for_, target, proposal.before, proposal.after)
        return self._entry.change(move, said=said)

    def _proposal(self, for_: str, customer: Customer | None, price_list: PriceList) -> Proposal:
        view = self._entry.current()
        after = self._entry.repriced(view.cart.moving_to(customer.id if customer else "", price_list))
        return Proposal(
            for_=for_,
            cart=after,
            before=view.totals,
            after=self._pricing.figures(after, customer),
            moved=tuple(
                _moved(old, new)
                for old, new in zip(view.cart.lines, after.lines, strict=True)
                if _amount(old) != _amount(new)
            ),
            lines=len(after.lines),
        )


def _moved(old: Line, new: Line) -> Moved:
    return Moved(old.sku, old.name, _amount(old), _amount(new))


def _amount(line: Line) -> Decimal | None:
    return line.price.amount if line.price is not None else None
