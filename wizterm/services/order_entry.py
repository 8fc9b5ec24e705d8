"""Putting an order together. Every change is on the disk before its answer is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from wizterm.db.carts import Carts
from wizterm.db.catalogue import Catalogue
from wizterm.domain.browsing import EVERYTHING, Browse
from wizterm.domain.cart import Cart, Line
from wizterm.domain.clock import Clock
from wizterm.domain.days import read_day, show_day
from wizterm.domain.details import Details
from wizterm.domain.ids import NewId
from wizterm.domain.lot import NO_LOT, Lot
from wizterm.domain.options import Chosen
from wizterm.domain.product import Product
from wizterm.domain.quantity import MOST, Unit, read_count, show
from wizterm.services.cart_lines import new_line, next_count
from wizterm.services.cart_view import CartView, CartViews
from wizterm.services.cart_words import difference_said
from wizterm.services.catalogue import CatalogueSearch
from wizterm.services.customer_book import CustomerBook
from wizterm.services.options import OptionRules
from wizterm.services.pricing import CartPricing

LONGEST_NOTE = 2_000


class EntryError(Exception):
    """What was asked cannot be done; the message is for the rep. The cart is as it was."""


class OrderEntry:
    def __init__(
        self,
        *,
        carts: Carts,
        views: CartViews,
        catalogue: Catalogue,
        search: CatalogueSearch,
        book: CustomerBook,
        pricing: CartPricing,
        options: OptionRules,
        clock: Clock,
        new_id: NewId,
    ) -> None:
        self._carts = carts
        self._views = views
        self._catalogue = catalogue
        self._search = search
        self._book = book
        self._pricing = pricing
        self._options = options
        self._clock = clock
        self._new_id = new_id

    def cart(self) -> Cart:
        """The cart touched last; where there is none a new one for nobody yet, on the disk with its first change."""
        latest = self._carts.latest()
        return (self._carts.load(latest) if latest else None) or self._fresh("")

    def current(self) -> CartView:
        """The cart at hand with its figures."""
        return self._views.of(self.cart())

    def begin(self, customer_id: str = "") -> CartView:
        """One more cart."""
        cart = self._fresh(customer_id)
        self._carts.save(cart, None)
        return self._views.of(cart)

    def switch(self, step: int) -> CartView:
        """The next cart (or the one before, by −1), round and round."""
        ids = self._carts.ids()
        here = self.cart().id
        if len(ids) < 2:
            return replace(self.current(), said="There is no other cart: Ctrl+N begins one.")
        return self.open(ids[(ids.index(here) + step) % len(ids)])

    def open(self, cart_id: str) -> CartView:
        self._carts.touch(cart_id)
        return self.current()

    def discard(self) -> CartView:
        """Throw the cart at hand away; an empty one without a word."""
        cart = self.cart()
        self._carts.remove(cart.id)
        said = "The cart is thrown away: u in the list of carts (c) brings it back." if cart.lines else ""
        return replace(self.current(), said=said)

    def add(
        self,
        sku: str,
        count: Decimal | None = None,
        unit: str = "",
        lot: Lot = NO_LOT,
        *,
        options: tuple[Chosen, ...] | None = None,
    ) -> CartView:
        """Add a product; without a count, what the rules make of one more; in the unit of this name, if any.

        A count below zero is what goes back: a line of its own.
        """
        before = self.cart()
        _may_count(count, self._pricing)
        product = self._product(sku)
        chosen = self._options.settled(product, before.currency, options)
        line = replace(new_line(self._new_id(), product, count, _unit(product, unit), lot), options=chosen)
        standing = next((each for each in before.lines if each.sku == sku and each.adds_to(line)), None)
        if standing is None:
            price = self._pricing.pricer_of(line, before)
            if price(line) is None:
                raise EntryError(f"{sku} is not on the price list {before.price_list}: this customer cannot buy it.")
            return self.keep(before.adding(line, price), before, touched=line.id)
        return self._count(before, standing, standing.count + count if count else next_count(standing, 1))

    def add_first(self, words: str, count: Decimal | None = None, browse: Browse = EVERYTHING) -> CartView:
        """Add the first product that the words find for the customer of the cart at hand."""
        cart = self.cart()
        found = self._search.page(words, self._book.get(cart.customer), browse=browse, list_id=cart.price_list).offers
        if not found:
            raise EntryError(f"Nothing was found for {words!r}, so nothing was added.")
        return self.add(found[0].product.sku, count)

    def count(self, line_id: str, text: str) -> CartView:
        """Set a line's count to what was typed; 0 takes the line away, −3 takes three back."""
        before, line = self._line(line_id)
        return self._count(before, line, read_count(text))

    def count_in(self, line_id: str, count: Decimal, unit: Unit) -> CartView:
        """Count a line in this unit; it goes on the line that counts so already, where there is one."""
        before, line = self._line(line_id)
        if unit == line.unit:
            return self._count(before, line, count)
        _may_count(count, self._pricing)
        after = before.in_unit(line_id, count, unit, self._pricing.pricer_of(line, before))
        return self.keep(after, before, touched=line_id if after.line(line_id) else after.lines[-1].id)

    def step(self, line_id: str, step: int) -> CartView:
        """The next quantity up (+1) or down (−1) that the product's rules allow."""
        before, line = self._line(line_id)
        count = next_count(line, step)
        if count >= 0 if line.is_credit else count * line.unit.factor < line.rule.least:
            return replace(
                self.current(), touched=line_id, said=f"{show(line.count)} is the least. Delete removes the line."
            )
        return self._count(before, line, count)

    def remove(self, line_id: str) -> CartView:
        before, line = self._line(line_id)
        after = before.without(line_id, self._pricing.pricer_of(line, before))
        return self.keep(after, before, said=f"{line.sku} is off the cart.")

    def note_line(self, line_id: str, note: str) -> CartView:
        before, _ = self._line(line_id)
        return self.keep(before.noting(line_id, _checked(note)), before, touched=line_id)

    def deliver_on(self, line_id: str, text: str) -> CartView:
        """The day a line is wanted on, where that is a day of its own; nothing typed takes it away."""
        before, line = self._line(line_id)
        today = self._clock.today()
        day = read_day(text, today) if text.strip() else None
        after = before.delivering(line_id, day)
        said = f"{line.sku}: {show_day(day, today)}. The list of carts splits by day." if day else ""
        return self.keep(after, before, touched=line_id, said=said)

    def detail(self, details: Details, note: str) -> CartView:
        """What the order says besides its lines."""
        before = self.cart()
        return self.keep(replace(before, details=details, note=_checked(note)), before)

    def repriced(self, cart: Cart) -> Cart:
        """The cart at today's prices of its customer."""
        return cart.repriced(self._pricing.pricer(cart))

    def choose_customer(self, customer_id: str) -> CartView:
        """Give the cart to a customer: their prices apply from now on, and the change is said."""
        before = self.cart()
        customer = self._book.get(customer_id)
        if customer is None:
            raise EntryError("That customer is no longer on this machine: search again.")
        price_list = self._search.price_list(customer.price_list)
        moved = before.moving_to(customer_id, price_list)
        after = moved.repriced(self._pricing.pricer(moved))
        old, new = (self._pricing.figures(cart, customer) for cart in (before, after))
        return self.keep(after, before, said=difference_said(customer.name, after, old, new))

    def change(self, change: Callable[[Cart], Cart], *, touched: str = "", said: str = "") -> CartView:
        """Make any other change to the cart at hand."""
        before = self.cart()
        return self.keep(change(before), before, touched=touched, said=said)

    def keep(self, after: Cart, before: Cart, *, touched: str = "", said: str = "") -> CartView:
        """Have `after` be the cart at hand, which was `before`."""
        if before.signature_is_void(after):
            after = replace(after, details=replace(after.details, signature=None))
            said = f"{said} The signature was for other lines: have it signed again (F8).".strip()
        self._carts.save(after, before)
        return self._views.of(after, touched=touched, said=said)

    def line(self, line_id: str) -> Line:
        """A line of the cart at hand."""
        return self._line(line_id)[1]

    def _fresh(self, customer_id: str) -> Cart:
        customer = self._book.get(customer_id)
        price_list = self._search.price_list(customer.price_list if customer else "")
        return Cart(id=self._new_id(), currency=price_list.currency, price_list=price_list.id, customer=customer_id)

    def _count(self, before: Cart, line: Line, count: Decimal) -> CartView:
        _may_count(count, self._pricing)
        after = before.counting(line.id, count, self._pricing.pricer_of(line, before))
        counted = after.line(line.id)
        misfit = counted.misfit if counted is not None else None
        touched = line.id if counted is not None or not count else after.lines[-1].id
        return self.keep(after, before, touched=touched, said=misfit.reason if misfit else "")

    def _product(self, sku: str) -> Product:
        product = self._catalogue.product(sku)
        if product is None:
            raise EntryError(f"{sku} is not in the catalogue on this machine: sync, or choose another product.")
        return product

    def _line(self, line_id: str) -> tuple[Cart, Line]:
        cart = self.cart()
        line = cart.line(line_id)
        if line is None:
            raise EntryError("That line is no longer in the cart.")
        return cart, line


def _may_count(count: Decimal | None, pricing: CartPricing) -> None:
    if count is None:
        return
    if abs(count) > MOST:
        raise EntryError(f"{show(count)} is too many for one line: at most {show(MOST)}.")
    if count < 0 and not pricing.rep_limits().may_credit:
        raise EntryError("The office has not let you take goods back: expected a quantity above 0.")


def _unit(product: Product, name: str) -> Unit | None:
    if not name:
        return None
    unit = product.unit_named(name)
    if unit is None:
        raise EntryError(f"{product.sku} is not sold by the {name[:24]}: expected {product.unit_words}.")
    return unit


def _checked(note: str) -> str:
    if len(note) > LONGEST_NOTE:
        raise EntryError(f"The note is too long: expected at most {LONGEST_NOTE:,} characters, got {len(note):,}.")
    return note
