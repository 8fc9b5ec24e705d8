"""Wishlists: the company's, and over it what this machine has changed and the catalogue does not hold yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from wizterm.db.catalogue import Catalogue
from wizterm.db.documents import Documents
from wizterm.db.wishlists import Wishlists
from wizterm.domain.customer import Customer
from wizterm.domain.document import Kind
from wizterm.domain.wishlist import WishChange, changed
from wizterm.protocol import bodies
from wizterm.services.cart_view import CartView
from wizterm.services.customer_book import CustomerBook
from wizterm.services.options import OptionsWantedError
from wizterm.services.order_entry import EntryError, OrderEntry
from wizterm.services.preferences import Preferences
from wizterm.services.submission import Submission


@dataclass(frozen=True, slots=True)
class Wished:
    sku: str
    name: str
    since: date


class Wishing:
    def __init__(
        self,
        *,
        wishlists: Wishlists,
        documents: Documents,
        catalogue: Catalogue,
        book: CustomerBook,
        entry: OrderEntry,
        preferences: Preferences,
        submission: Callable[[], Submission],
    ) -> None:
        self._wishlists = wishlists
        self._documents = documents
        self._catalogue = catalogue
        self._book = book
        self._entry = entry
        self._preferences = preferences
        self._submission = submission

    def listed(self, customer_id: str) -> tuple[Wished, ...]:
        """What came last first."""
        wished = sorted(self._wished(customer_id).items(), key=lambda item: (-item[1].toordinal(), item[0]))
        return tuple(Wished(sku, self._name(sku), since) for sku, since in wished)

    def wish(self, sku: str) -> str:
        """Put the product on the list of whom the cart at hand is for. Gives one sentence."""
        customer = self._entry.current().customer
        if customer is None:
            raise EntryError("A wishlist is a customer's: choose one for this cart first (F3).")
        since = self._wished(customer.id).get(sku)
        if since is not None:
            return f"{sku} is on the wishlist of {customer.name} already, since {since}."
        self._submission().wish(customer, added=(sku,))
        return f"{sku} is on the wishlist of {customer.name} now."

    def take_off(self, customer_id: str, skus: Iterable[str]) -> str:
        """Take these products off the customer's list. Gives one sentence."""
        standing = self._wished(customer_id)
        gone = tuple(sku for sku in skus if sku in standing)
        if gone:
            self._submission().wish(self._customer(customer_id), removed=gone)
        return f"{_named(gone)} taken off the wishlist."

    def into_cart(self, customer_id: str, skus: Iterable[str]) -> CartView:
        """Add these products to the cart at hand, each as Enter would; what cannot be added is said and left out."""
        self.check_cart(customer_id)
        left: list[str] = []
        for sku in skus:
            try:
                self._entry.add(sku)
            except (EntryError, OptionsWantedError):
                left.append(sku)
        said = f"Not added: {', '.join(left)}. Add each by itself to see why." if left else ""
        return replace(self._entry.current(), said=said)

    def check_cart(self, customer_id: str) -> None:
        """Raises `EntryError` where the cart at hand is not this customer's."""
        view = self._entry.current()
        if view.cart.customer != customer_id:
            whose = view.customer.name if view.customer else "nobody yet"
            raise EntryError(f"The cart at hand is for {whose}: choose this customer for it first (F3, Enter).")

    def _name(self, sku: str) -> str:
        product = self._catalogue.product(sku)
        return product.name if product else "no longer in the catalogue"

    def _customer(self, customer_id: str) -> Customer:
        customer = self._book.get(customer_id)
        if customer is None:
            raise EntryError("That customer is no longer on this machine: search again.")
        return customer

    def _wished(self, customer_id: str) -> dict[str, date]:
        """The company's list under the changes that the last pull cannot have brought back."""
        texts = self._documents.newer_than_the_catalogue(Kind.WISHLIST, customer_id, self._preferences.pulled_from)
        read = (bodies.decode(Kind.WISHLIST, text) for text in texts)
        changes = (
            WishChange(body.business_date, body.added, body.removed)
            for body in read
            if isinstance(body, bodies.WishlistBody)
        )
        return changed(self._wishlists.of(customer_id), changes)


def _named(skus: tuple[str, ...]) -> str:
    return f"{skus[0]} is" if len(skus) == 1 else f"{len(skus)} products are"
