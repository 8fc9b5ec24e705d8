"""A cart with everything a pane shows of it. Working that out looks at every line: once for each answer is enough."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from wizterm.db.carts import Carts
from wizterm.domain.cart import Cart
from wizterm.domain.customer import Customer
from wizterm.domain.document import Kind
from wizterm.domain.limits import RepLimits
from wizterm.domain.overruns import Overrun, overruns
from wizterm.domain.policy import USUAL, OrderPolicy
from wizterm.domain.prices import PriceList
from wizterm.domain.submitting import Obstacle, lacking, obstacles, order_minimum, short_of_minimum
from wizterm.domain.totals import Totals
from wizterm.services.catalogue import CatalogueSearch
from wizterm.services.customer_book import CustomerBook
from wizterm.services.pricing import CartPricing


@dataclass(frozen=True, slots=True)
class CartView:
    cart: Cart
    totals: Totals
    customer: Customer | None
    price_list: PriceList
    place: int
    """Which of the open carts this is, from 1."""
    carts: int
    minimum: Decimal | None
    """What an order has to come to."""
    short: str
    """What the order minimum still wants; empty where it is met."""
    limits: RepLimits
    """What the rep may do alone."""
    over: tuple[Overrun, ...]
    """Limits that its discounts pass, and no approval covers."""
    obstacles: tuple[Obstacle, ...]
    """What would keep it from becoming an order."""
    touched: str = ""
    """Id of the line that was changed last."""
    said: str = ""
    """One sentence on what just happened, where it is more than what was asked."""


class CartViews:
    def __init__(
        self,
        *,
        carts: Carts,
        search: CatalogueSearch,
        book: CustomerBook,
        pricing: CartPricing,
        policy: OrderPolicy = USUAL,
    ) -> None:
        self._carts = carts
        self._search = search
        self._book = book
        self._pricing = pricing
        self._policy = policy

    def of(self, cart: Cart, *, touched: str = "", said: str = "") -> CartView:
        customer = self._book.get(cart.customer)
        ids = self._carts.ids()
        price_list = self._search.price_list(cart.price_list)
        figures = self._pricing.figures(cart, customer)
        limits = self._pricing.rep_limits()
        over = overruns(cart, figures, limits)
        minimum = order_minimum(customer, price_list)
        return CartView(
            cart=cart,
            totals=figures,
            customer=customer,
            price_list=price_list,
            place=ids.index(cart.id) + 1 if cart.id in ids else len(ids) + 1,
            carts=max(len(ids), 1),
            minimum=minimum,
            short=short_of_minimum(cart, figures, minimum),
            limits=limits,
            over=over,
            obstacles=(
                *obstacles(cart, customer, Kind.ORDER, figures=figures, price_list=price_list, rep=limits, over=over),
                *lacking(cart, self._policy, Kind.ORDER),
            ),
            touched=touched,
            said=said,
        )
