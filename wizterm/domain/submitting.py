"""What keeps a cart from becoming an order or a quote."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from wizterm.domain.cart import Cart, Line
from wizterm.domain.customer import Customer
from wizterm.domain.document import Kind
from wizterm.domain.policy import OrderPolicy
from wizterm.domain.totals import totals


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing to mend first."""

    words: str
    line: str = ""
    """Id of the line at fault; empty where it is the cart."""
    offers: tuple[Decimal, ...] = ()
    """Base quantities that would do, nearest below first."""


def obstacles(cart: Cart, customer: Customer | None, kind: Kind) -> tuple[Obstacle, ...]:
    """Everything that blocks submitting; a quote may break quantity rules and minimums, an order may not."""
    found: list[Obstacle] = []
    if not cart.lines:
        found.append(Obstacle("The cart is empty: add a product first."))
    if customer is None:
        found.append(Obstacle("Nobody is chosen: choose the customer first (F3)."))
    found += [
        Obstacle(f"{line.sku} is not sold to this customer: remove the line.", line.id)
        for line in cart.lines
        if line.price is None
    ]
    if kind is Kind.ORDER:
        found += [obstacle for line in cart.lines if (obstacle := _misfit(line))]
        if customer is not None and (short := short_of_minimum(cart, customer)):
            found.append(Obstacle(short))
    return tuple(found)


def lacking(cart: Cart, policy: OrderPolicy, kind: Kind) -> tuple[Obstacle, ...]:
    """What the company wants of an order, and this one does not say."""
    missing = cart.details.missing(policy.required) if kind is Kind.ORDER else ()
    return tuple(Obstacle(f"The company wants {words}: fill it in (F8).") for words in missing)


def short_of_minimum(cart: Cart, customer: Customer) -> str:
    """A sentence where the order minimum is missed; empty where it is met or there is none."""
    minimum = customer.order_minimum
    if minimum is None or not cart.lines:
        return ""
    figures = totals(cart)
    missing = minimum - figures.total
    if missing <= 0:
        return ""
    show = figures.currency.show
    return f"The order minimum is {show(minimum)} {cart.currency}: {show(missing)} is missing."


def _misfit(line: Line) -> Obstacle | None:
    misfit = line.misfit
    if misfit is None:
        return None
    offers = tuple(quantity for quantity in (misfit.below, misfit.above) if quantity is not None)
    return Obstacle(f"{line.sku}: {misfit.reason}", line.id, offers)
