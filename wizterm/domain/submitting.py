"""What keeps a cart from becoming an order or a quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wizterm.domain.both_ways import bought
from wizterm.domain.cart import Cart, Line
from wizterm.domain.customer import Customer
from wizterm.domain.document import Kind
from wizterm.domain.limits import RepLimits
from wizterm.domain.overruns import Overrun
from wizterm.domain.policy import OrderPolicy
from wizterm.domain.prices import PriceList
from wizterm.domain.totals import Totals


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing to mend first."""

    words: str
    line: str = ""
    """Id of the line at fault; empty where it is the cart."""
    offers: tuple[Decimal, ...] = ()
    """Base quantities that would do, nearest below first."""
    of_quotes: bool = True
    """Whether it keeps the cart from becoming a quote too."""


def obstacles(
    cart: Cart,
    customer: Customer | None,
    kind: Kind,
    *,
    figures: Totals,
    price_list: PriceList,
    rep: RepLimits,
    over: Sequence[Overrun] = (),
) -> tuple[Obstacle, ...]:
    """Everything that blocks submitting; a quote may break quantity rules and minimums, an order may not."""
    found: list[Obstacle] = []
    if not cart.lines:
        found.append(Obstacle("The cart is empty: add a product first."))
    if customer is None:
        found.append(Obstacle("No customer is chosen: choose one first (F3)."))
    found += [
        Obstacle(f"{line.sku} is not sold to this customer: remove the line.", line.id)
        for line in cart.lines
        if line.price is None
    ]
    if kind is Kind.ORDER:
        found += [obstacle for line in cart.lines if (obstacle := _misfit(line))]
        if short := short_of_minimum(cart, figures, order_minimum(customer, price_list)):
            found.append(Obstacle(short, of_quotes=False))
    found += _without_right(cart, rep)
    found += [Obstacle(f"{each.words} A in the cart asks for it.", each.line) for each in over]
    return tuple(found)


def _without_right(cart: Cart, rep: RepLimits) -> Iterator[Obstacle]:
    """A line may have come from another rep or device, or the right be gone since it was typed."""
    for line in cart.lines:
        if line.is_credit and not rep.may_credit:
            yield Obstacle(f"{line.sku} goes back, and the office has not let you take goods back: remove it.", line.id)
        if line.price is not None and line.price.is_typed and not rep.may_type_prices:
            words = "has a typed price, and the office has not let you type prices: give it its full price (d, then f)."
            yield Obstacle(f"{line.sku} {words}", line.id)


def lacking(cart: Cart, policy: OrderPolicy, kind: Kind) -> tuple[Obstacle, ...]:
    """What the company wants of an order, and this one does not say."""
    missing = cart.details.missing(policy.required) if kind is Kind.ORDER else ()
    return tuple(Obstacle(f"The company wants {words}: fill it in (F8).", of_quotes=False) for words in missing)


def order_minimum(customer: Customer | None, price_list: PriceList) -> Decimal | None:
    """The customer's own, else the list's."""
    own = customer.order_minimum if customer is not None else None
    return price_list.order_minimum if own is None else own


def short_of_minimum(cart: Cart, figures: Totals, minimum: Decimal | None) -> str:
    """A sentence where less is bought than the order minimum; empty where it is met or there is none."""
    worth = bought(cart, figures)
    if minimum is None or worth is None or worth >= minimum:
        return ""
    show, code = figures.currency.show, figures.currency.code
    return f"The order minimum is {show(minimum)} {code}: {show(minimum - worth)} is missing."


def _misfit(line: Line) -> Obstacle | None:
    misfit = line.misfit
    if misfit is None:
        return None
    offers = tuple(quantity for quantity in (misfit.below, misfit.above) if quantity is not None)
    return Obstacle(f"{line.sku}: {misfit.reason}", line.id, offers, of_quotes=False)
