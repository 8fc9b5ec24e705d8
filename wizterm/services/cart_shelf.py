"""All carts that stand open: every one is listed, whoever it is for and whether there is a network or not."""

from __future__ import annotations

from dataclasses import replace

from wizterm.db.carts import Carts
from wizterm.domain.cart import Cart
from wizterm.domain.cart_parts import copied, merged, split_by_day
from wizterm.domain.ids import NewId
from wizterm.services.cart_summary import CartSummary
from wizterm.services.cart_view import CartView
from wizterm.services.customer_book import CustomerBook
from wizterm.services.order_entry import EntryError, OrderEntry
from wizterm.services.pricing import CartPricing

LONGEST_NAME = 60


class CartShelf:
    def __init__(
        self, *, carts: Carts, entry: OrderEntry, book: CustomerBook, pricing: CartPricing, new_id: NewId
    ) -> None:
        self._carts = carts
        self._entry = entry
        self._book = book
        self._pricing = pricing
        self._new_id = new_id

    def all(self) -> tuple[CartSummary, ...]:
        """The one at hand first, held ones last."""
        at_hand = self._carts.latest()
        found = []
        for kept in self._carts.all():
            cart, customer = kept.cart, self._book.get(kept.cart.customer)
            found.append(
                CartSummary(
                    id=cart.id,
                    name=cart.name,
                    customer=customer.name if customer else "",
                    lines=len(cart.lines),
                    total=self._pricing.figures(cart, customer).total,
                    currency=cart.currency,
                    touched_at=kept.touched_at,
                    held=kept.held,
                    at_hand=cart.id == at_hand,
                    cart=cart.id,
                )
            )
        return tuple(found)

    def rename(self, cart_id: str, name: str) -> str:
        cart = self._cart(cart_id)
        cleaned = name.strip()
        if len(cleaned) > LONGEST_NAME:
            raise EntryError(f"The name is too long: expected at most {LONGEST_NAME} characters, got {len(cleaned)}.")
        self._keep(replace(cart, name=cleaned), cart)
        return f"The cart is called {cleaned} now." if cleaned else "The cart has no name now."

    def copy(self, cart_id: str) -> CartView:
        """The same again, which is then at hand; of a cart that is locked here too."""
        cart = self._carts.load(cart_id) or self._cart(cart_id)
        twin = copied(cart, self._new_id, f"copy of {cart.name}"[:LONGEST_NAME] if cart.name else "copy")
        self._carts.save(twin, None)
        return self._entry.open(twin.id)

    def merge(self, cart_id: str) -> CartView:
        """Put this cart's lines into the one at hand, at its customer's prices; this one is put away."""
        here, other = self._entry.cart(), self._cart(cart_id)
        if here.id == cart_id:
            raise EntryError("This is the cart at hand: go to the one that should come into it.")
        after = self._entry.repriced(merged(here, other, self._new_id))
        with self._carts.transaction():
            self._carts.remove(cart_id)
            self._carts.save(after, here)
        return self._entry.current()

    def hold_or_reopen(self, cart_id: str) -> str:
        """Put a cart aside, or take it up again."""
        self._cart(cart_id)
        held = next((kept.held for kept in self._carts.all() if kept.cart.id == cart_id), False)
        if held:
            self._carts.touch(cart_id)
            return "Taken up again: it is the cart at hand."
        self._carts.hold(cart_id)
        return "Held: it stays here, and the next-cart key skips it."

    def discard(self, cart_id: str) -> str:
        self._cart(cart_id)
        self._carts.remove(cart_id)
        return "Thrown away: u brings it back."

    def bring_back(self) -> str:
        """The cart thrown away last, at hand again."""
        if self._carts.bring_back() is None:
            return "No cart was thrown away."
        return "Back again: it is the cart at hand."

    def split(self, cart_id: str) -> str:
        """A cart for each day that its lines are wanted on."""
        cart = self._cart(cart_id)
        first, *others = split_by_day(cart, self._new_id)
        if not others:
            raise EntryError("All lines are for one day: t on a line in the cart gives it a day of its own.")
        parts = [self._entry.repriced(part) for part in others]
        with self._carts.transaction():
            for part in parts:
                self._carts.save(part, None, touch=False)
            self._carts.save(self._entry.repriced(first), cart, touch=False)
            self._carts.forget_steps(cart_id)
        return f"{len(others) + 1} carts, one for each day. m puts them together again."

    def _cart(self, cart_id: str) -> Cart:
        cart = self._carts.load(cart_id) if self._carts.is_open(cart_id) else None
        if cart is None:
            raise EntryError("That cart is no longer here: it has been submitted, handed over or thrown away.")
        return cart

    def _keep(self, after: Cart, before: Cart) -> None:
        """Save it where it stands: looking after a cart does not make it the one at hand."""
        self._carts.save(after, before, touch=False)
