"""Why a price is what it is: everything that went into it, from the same engine that priced it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from wizterm.db.catalogue import Catalogue
from wizterm.domain.cart import Cart, Line
from wizterm.domain.clock import Clock
from wizterm.domain.customer import Customer
from wizterm.domain.prices import Price, PriceList
from wizterm.domain.totals import LineTotal
from wizterm.services.cart_lines import new_line
from wizterm.services.catalogue import CatalogueSearch
from wizterm.services.customer_book import CustomerBook
from wizterm.services.order_entry import EntryError, OrderEntry
from wizterm.services.preferences import Preferences
from wizterm.services.pricing import CartPricing


@dataclass(frozen=True, slots=True)
class Step:
    """A price from a quantity on."""

    min_quantity: Decimal
    price: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Off:
    """Something that was taken off the line."""

    what: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Option:
    """Something that was chosen with the product, and stands in the price of one."""

    what: str
    surcharge: Decimal


@dataclass(frozen=True, slots=True)
class Why:
    sku: str
    name: str
    customer: str
    """Name; empty for a guest."""
    price_list: str
    currency: str
    on: date
    quantity: Decimal
    counted: Decimal
    """What breaks counted: more than the quantity where a family counts together, or more of it goes back."""
    sold: bool
    unit_price: Decimal | None
    before_options: Decimal | None
    """The price of one without what was chosen with it; a typed price is for all of it."""
    options: tuple[Option, ...]
    source: str
    """typed, contract, list, base; empty where it is not sold."""
    entry: str
    """Id of the contract's or the list's row."""
    min_quantity: Decimal
    valid_from: date | None
    valid_to: date | None
    typed_by: str
    instead_of: Decimal | None
    """The company's own price, where the rep typed another."""
    ladder: tuple[Step, ...]
    gross: Decimal
    taken_off: tuple[Off, ...]
    net: Decimal
    share: Decimal
    """What it brings to the total, after the cart's discounts."""
    synced_at: datetime | None
    """When the catalogue was last brought up to date."""
    age_seconds: int | None
    cursor: str


class PriceQuestions:
    def __init__(
        self,
        *,
        entry: OrderEntry,
        catalogue: Catalogue,
        search: CatalogueSearch,
        book: CustomerBook,
        pricing: CartPricing,
        preferences: Preferences,
        clock: Clock,
    ) -> None:
        self._entry = entry
        self._catalogue = catalogue
        self._search = search
        self._book = book
        self._pricing = pricing
        self._preferences = preferences
        self._clock = clock

    def line(self, line_id: str) -> Why:
        """Of a line of the cart at hand."""
        view, line = self._entry.current(), self._entry.line(line_id)
        return self._why(view.cart, line, view.totals.of(line_id), view.customer, view.price_list)

    def product(self, sku: str, quantity: Decimal | None, customer_id: str = "", list_id: str = "") -> Why:
        """Of so many of a product; without a quantity, of the least that may be ordered."""
        product = self._catalogue.product(sku)
        if product is None:
            raise EntryError(f"{sku[:40]} is not in the catalogue on this machine: sync, or give another SKU.")
        customer = self._book.get(customer_id)
        if customer_id and customer is None:
            raise EntryError(f"{customer_id[:40]} is not a customer on this machine: sync, or give another number.")
        price_list = self._search.price_list(list_id or (customer.price_list if customer else ""))
        cart = Cart("", price_list.currency, price_list.id, customer.id if customer else "")
        line = new_line("1", product, quantity)
        cart = replace(cart, lines=(line,)).repriced(self._pricing.pricer(cart, [sku]))
        figures = self._pricing.figures(cart, customer)
        return self._why(cart, cart.lines[0], figures.lines[0], customer, price_list)

    def customer_numbered(self, number: str) -> str:
        """The id of the customer with this number or id; raises `EntryError` where there is none."""
        if self._book.get(number) is not None:
            return number
        found = [each.id for each in self._book.find(number) if each.number == number]
        if not found:
            raise EntryError(f"{number[:40]} is not a customer on this machine: sync, or give another number.")
        return found[0]

    def _why(self, cart: Cart, line: Line, part: LineTotal, customer: Customer | None, price_list: PriceList) -> Why:
        price, synced, today = line.price, self._preferences.synced_at, self._clock.today()
        sheet = self._catalogue.price_sheets([line.sku], price_list, cart.customer)[line.sku]
        return Why(
            sku=line.sku,
            name=line.name,
            customer=customer.name if customer else "",
            price_list=price_list.name,
            currency=cart.currency,
            on=today,
            quantity=line.quantity,
            counted=line.counted,
            sold=price is not None,
            unit_price=price.amount if price else None,
            before_options=price.amount - price.surcharge if price else None,
            options=_options(line, price),
            source=str(price.source) if price else "",
            entry=price.entry if price else "",
            min_quantity=price.min_quantity if price else Decimal(1),
            valid_from=price.valid_from if price else None,
            valid_to=price.valid_to if price else None,
            typed_by=price.typed_by if price else "",
            instead_of=line.instead_of.amount if line.instead_of else None,
            ladder=tuple(_step(each) for each in sheet.breaks(today)),
            gross=part.gross,
            taken_off=_taken_off(line, part),
            net=part.net,
            share=part.share,
            synced_at=synced,
            age_seconds=int((self._clock.now() - synced).total_seconds()) if synced else None,
            cursor=self._catalogue.cursor(),
        )


def _step(price: Price) -> Step:
    return Step(price.min_quantity, price.amount, str(price.source))


def _options(line: Line, price: Price | None) -> tuple[Option, ...]:
    if price is None or not price.surcharge:
        return ()
    return tuple(Option(f"{each.modifier}: {each.option}", each.surcharge) for each in line.options)


def _taken_off(line: Line, part: LineTotal) -> tuple[Off, ...]:
    found = [Off(f"promotion {each.name}", each.amount) for each in part.promotions]
    found += [Off(f"discount {line.discount}", part.discount)] if line.discount is not None else []
    found += [Off("share of the cart's discounts", part.cart_discount)] if part.cart_discount else []
    return tuple(found)
