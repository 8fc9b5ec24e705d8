"""Money off, as a rep gives it: on a line or on the whole cart, by percent, amount or another price."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from wizterm.domain.cart import Cart
from wizterm.domain.clock import Clock
from wizterm.domain.discount import CartDiscount, LineDiscount, Off, read_amount_off, read_percent
from wizterm.domain.money import AmountError, currency, read_amount
from wizterm.domain.prices import typed
from wizterm.services.cart_view import CartView
from wizterm.services.order_entry import EntryError, OrderEntry
from wizterm.services.pricing import CartPricing

MOST_CART_DISCOUNTS = 9
"""Each is taken off again by its digit."""


class Discounting:
    """Nothing typed takes away what was given. What is beyond the rep's limit is kept, and waits for approval."""

    def __init__(self, entry: OrderEntry, pricing: CartPricing, clock: Clock, rep: Callable[[], str]) -> None:
        """`rep` gives the code of who signed in: typed prices say who typed them."""
        self._entry = entry
        self._pricing = pricing
        self._clock = clock
        self._rep = rep

    def line_percent(self, line_id: str, text: str) -> CartView:
        percent = read_percent(text) if text.strip() else None
        return self._discount(line_id, LineDiscount(Off.PERCENT, percent) if percent else None)

    def line_amount(self, line_id: str, text: str) -> CartView:
        """Off the whole line."""
        amount = read_amount_off(text, currency(self._cart.currency)) if text.strip() else None
        return self._discount(line_id, LineDiscount(Off.AMOUNT, amount) if amount else None)

    def line_price(self, line_id: str, text: str) -> CartView:
        """Another price for a base unit, in place of the company's; it stays until it is taken away."""
        self._discountable(line_id)
        if not self._pricing.rep_limits().may_type_prices:
            raise EntryError("The office has not let you type prices: give a discount, or ask the office.")
        price = typed(_read_price(text), self._rep(), self._clock.now()) if text.strip() else None
        return self._said(self._entry.change(lambda cart: cart.typing(line_id, price), touched=line_id))

    def full_price(self, line_id: str) -> CartView:
        """The company's own price again, without any discount on the line."""
        return self._entry.change(lambda cart: cart.discounting(line_id, None).typing(line_id, None), touched=line_id)

    def cart_percent(self, text: str) -> CartView:
        """Percent of what is left after the discounts before it."""
        return self._add(CartDiscount(Off.PERCENT, read_percent(text)))

    def cart_amount(self, text: str) -> CartView:
        return self._add(CartDiscount(Off.AMOUNT, read_amount_off(text, currency(self._cart.currency))))

    def remove_from_cart(self, place: int) -> CartView:
        """Take the discount at this place (from 0) off the cart."""

        def without(cart: Cart) -> Cart:
            return replace(cart, discounts=cart.discounts[:place] + cart.discounts[place + 1 :])

        return self._entry.change(without)

    @property
    def _cart(self) -> Cart:
        return self._entry.cart()

    def _add(self, discount: CartDiscount) -> CartView:
        if len(self._cart.discounts) >= MOST_CART_DISCOUNTS:
            raise EntryError(f"A cart holds at most {MOST_CART_DISCOUNTS} discounts: take one off first.")
        return self._said(self._entry.change(lambda cart: replace(cart, discounts=(*cart.discounts, discount))))

    def _discount(self, line_id: str, discount: LineDiscount | None) -> CartView:
        if discount is not None:
            self._discountable(line_id)
            if self._entry.line(line_id).is_credit:
                raise EntryError("What goes back has no discount: type its price (p).")
        return self._said(self._entry.change(lambda cart: cart.discounting(line_id, discount), touched=line_id))

    def _discountable(self, line_id: str) -> None:
        line = self._entry.line(line_id)
        if not line.discountable:
            raise EntryError(f"{line.sku} is sold without any discount.")

    def _said(self, view: CartView) -> CartView:
        """What goes beyond a limit is said at once."""
        found = next((each for each in view.over if each.line in {"", view.touched}), None)
        return replace(view, said=f"{found.words} A asks for it.") if found else view


def _read_price(text: str) -> Decimal:
    price = read_amount(text)
    if price < 0:
        raise AmountError(f"{text.strip()[:24]} is no price: expected 0 or more, such as 2.50.")
    return price
