"""Going on with a cart on another device: it goes to the server, and the device that takes it has it.

What is decided here is written down; the line to the company then does it, and is asked by whoever wants it at once.
"""

from __future__ import annotations

from dataclasses import replace

from wizterm.db.carts import Carts
from wizterm.db.documents import Documents
from wizterm.db.handovers import ELSEWHERE, Handing, Handovers, Stage
from wizterm.domain.cart import Cart
from wizterm.domain.cart_parts import copied
from wizterm.domain.ids import NewId
from wizterm.protocol.handover import MOST_BYTES, CartLabel
from wizterm.services.cart_summary import CartSummary, Where
from wizterm.services.cart_words import difference_said
from wizterm.services.catalogue import CatalogueSearch
from wizterm.services.customer_book import CustomerBook
from wizterm.services.order_entry import EntryError, OrderEntry
from wizterm.services.packed_cart import VERSION, UnreadableCartError, packed, unpacked
from wizterm.services.pricing import CartPricing

_WHERE = {
    Stage.GOING: Where.GOING,
    Stage.THERE: Where.SERVER,
    Stage.TAKING: Where.COMING,
    Stage.ARRIVED: Where.COMING,
    Stage.UNREADABLE: Where.UNREADABLE,
    Stage.GONE: Where.GONE,
    Stage.SETTLED: Where.SETTLED,
}


class CartHandover:
    def __init__(
        self,
        *,
        carts: Carts,
        handovers: Handovers,
        documents: Documents,
        entry: OrderEntry,
        book: CustomerBook,
        search: CatalogueSearch,
        pricing: CartPricing,
        new_id: NewId,
    ) -> None:
        self._carts = carts
        self._handovers = handovers
        self._documents = documents
        self._entry = entry
        self._book = book
        self._search = search
        self._pricing = pricing
        self._new_id = new_id
        self._given_up: set[str] = set()
        """What could not be read since the program began: an update may."""

    def all(self) -> tuple[CartSummary, ...]:
        """Every cart that is on the server, goes there, comes from there or went to another device; newest first."""
        return tuple(_summary(row) for row in self._handovers.all() if row.stage in _WHERE)

    def hand_over(self, cart_id: str) -> None:
        """Lock a cart and write down that it goes to the server."""
        with self._carts.transaction():
            cart = self._carts.load(cart_id) if self._carts.is_open(cart_id) else None
            if cart is None:
                raise EntryError("That cart is no longer here: it has been submitted, handed over or thrown away.")
            if not cart.lines:
                raise EntryError("The cart is empty: there is nothing to go on with on another device.")
            if cart.customer and self._documents.unsent(cart.customer):
                raise EntryError("Its new customer has not been sent yet: sync (Ctrl+R), then hand the cart over.")
            body = packed(cart)
            if len(body.encode()) > MOST_BYTES:
                raise EntryError(f"The cart is too large to be handed over: {len(cart.lines):,} lines. Split it first.")
            self._handovers.begin(self._new_id(), self._label(cart), body)

    def take(self, handover: str) -> None:
        """Write down that a cart on the server is wanted here."""
        row = self._handovers.get(handover)
        if row is None or row.stage in ELSEWHERE:
            raise EntryError("That cart is no longer on the server: another device went on with it.")
        if row.label.version > VERSION:
            raise EntryError(f"{_name(row)} was handed over by a newer WizTerm: update this one, then take it.")
        if row.label.customer and self._book.get(row.label.customer) is None:
            raise EntryError(
                f"{row.label.customer_name or 'Its customer'} is not on this machine yet: sync (Ctrl+R), then take it."
            )
        if row.stage in {Stage.THERE, Stage.GOING}:
            self._handovers.want(handover)

    def dismiss(self, handover: str) -> str:
        """List a cart no more that another device went on with."""
        row = self._handovers.get(handover)
        if row is not None and row.stage is Stage.GONE:
            raise EntryError(
                f"{row.device} has not been heard to have it: it stays here until then. "
                "Where that device is lost, the office frees the cart."
            )
        if row is None or row.stage not in {Stage.SETTLED, Stage.UNREADABLE}:
            raise EntryError("It is on the server, where it is kept: take it here first, then throw it away.")
        self._handovers.dismiss(handover)
        if row.stage is Stage.UNREADABLE:
            return "Listed here no more: while the server keeps it, the office can free it for another device."
        return f"Listed here no more: {row.device} has it."

    def unpack(self) -> str:
        """Make carts of what has arrived, at today's prices; says what came, and what that changed."""
        arrived = [row for row in self._handovers.all() if row.stage in _UNOPENED and row.id not in self._given_up]
        return " ".join(self._unpacked(row) for row in arrived)

    def _unpacked(self, row: Handing) -> str:
        """Each by itself: one that cannot be read keeps its place in the list, and holds up no other."""
        try:
            return self._opened(row)
        except UnreadableCartError as error:
            self._given_up.add(row.id)
            self._handovers.put_by(row.id)
            return f"{_name(row)} cannot be read here: {error}"

    def _opened(self, row: Handing) -> str:
        with self._carts.transaction():
            before = self._standing(row) or self._settled(unpacked(self._handovers.body(row.id)))
            after, said = self._at_todays_prices(before)
            self._carts.save(after, before if row.ours else None)
            self._handovers.keep(row)
            self._carts.touch(after.id)
        return f"{_name(row)} is on this device now.{said}"

    def _standing(self, row: Handing) -> Cart | None:
        """The cart as it was locked here, with all that can be undone in it."""
        return self._carts.load(row.label.cart) if row.ours else None

    def _settled(self, cart: Cart) -> Cart:
        """The cart, under another id where this one stands here or was submitted already."""
        if self._carts.is_open(cart.id) or self._documents.newest_revision(cart.id) >= cart.revision:
            return copied(cart, self._new_id, cart.name)
        self._carts.drop(cart.id)
        return cart

    def _at_todays_prices(self, before: Cart) -> tuple[Cart, str]:
        moved = before.moving_to(before.customer, self._search.price_list(before.price_list))
        after = self._entry.repriced(moved)
        said = ""
        if _prices(before) != _prices(after):
            customer = self._book.get(before.customer)
            old, new = (self._pricing.figures(cart, customer) for cart in (before, after))
            said = f" {difference_said(customer.name if customer else 'a guest', after, old, new)}"
        else:
            after = before
        if before.signature_is_void(after):
            after = replace(after, details=replace(after.details, signature=None))
            said += " The signature was for other prices: have it signed again (F8)."
        return after, said

    def _label(self, cart: Cart) -> CartLabel:
        customer = self._book.get(cart.customer)
        return CartLabel(
            cart=cart.id,
            currency=cart.currency,
            lines=len(cart.lines),
            total=self._pricing.figures(cart, customer).total,
            name=cart.name,
            customer=cart.customer,
            customer_name=customer.name if customer else "",
            version=VERSION,
        )


_UNOPENED = frozenset({Stage.ARRIVED, Stage.UNREADABLE})


def _prices(cart: Cart) -> tuple[object, ...]:
    return cart.currency, cart.price_list, [line.price.amount if line.price else None for line in cart.lines]


def _name(row: Handing) -> str:
    return row.label.name or "The cart"


def _summary(row: Handing) -> CartSummary:
    return CartSummary(
        id=row.id,
        name=row.label.name,
        customer=row.label.customer_name,
        lines=row.label.lines,
        total=row.label.total,
        currency=row.label.currency,
        touched_at=row.at,
        where=_WHERE[row.stage],
        device=row.device,
        cart=row.label.cart if row.ours else "",
    )
