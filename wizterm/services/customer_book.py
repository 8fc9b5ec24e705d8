"""The customers a rep can order for: the company's, and those made on this machine that it has not sent back yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wizterm.db.customers import Customers, Purchase
from wizterm.db.documents import Documents
from wizterm.domain import customer as domain
from wizterm.domain.clock import Clock
from wizterm.domain.customer import Customer, NewCustomer
from wizterm.domain.document import Kind
from wizterm.domain.likeness import Likeness, Sketch, alike
from wizterm.protocol import bodies
from wizterm.services.past_orders import PastOrder, past_orders
from wizterm.services.purchases import Purchases

PAGE = 200
MONTHS = 12


@dataclass(frozen=True, slots=True)
class History:
    """What a customer's past orders say at a glance."""

    orders: int
    """A return of goods alone is none: it counts in the turnover."""
    last: date | None
    days_since: int
    average: Decimal
    by_month: tuple[Decimal, ...]
    """Turnover of the last twelve months, oldest first."""


class CustomerBook:
    def __init__(self, customers: Customers, documents: Documents, purchases: Purchases, clock: Clock) -> None:
        self._customers = customers
        self._purchases = purchases
        self._documents = documents
        self._clock = clock

    def find(self, text: str) -> list[Customer]:
        """By the beginnings of words in name or number; customers made here come first."""
        known = self._customers.find(text, PAGE)
        ids = {customer.id for customer in known}
        words = text.casefold().split()
        made_here = [
            customer
            for customer in self._made_here()
            if customer.id not in ids and all(word in customer.name.casefold() for word in words)
        ]
        return made_here + known

    def get(self, customer_id: str) -> Customer | None:
        """The company's own record where it has one, else what was entered here."""
        if not customer_id:
            return None
        known = self._customers.get(customer_id)
        return known or next((customer for customer in self._made_here() if customer.id == customer_id), None)

    def count(self) -> int:
        """How many customers of the company are on this machine."""
        return self._customers.count()

    def alike(self, new: NewCustomer) -> tuple[Likeness, ...]:
        """Customers on this machine that this one may be, the likeliest first."""
        made_here = (
            Sketch(
                customer.id,
                customer.name,
                customer.ship_to.city,
                tuple(contact.email for contact in customer.contacts),
                tuple(contact.phone for contact in customer.contacts),
            )
            for customer in self._made_here()
        )
        return alike(new, {sketch.id: sketch for sketch in (*made_here, *self._customers.sketches())}.values())

    def history(self, customer_id: str) -> History:
        turnover: defaultdict[tuple[date, str], Decimal] = defaultdict(Decimal)
        bought: set[tuple[date, str]] = set()
        for purchase in self.purchases(customer_id):
            turnover[purchase.date, purchase.order_number] += purchase.quantity * purchase.unit_price
            if purchase.quantity > 0:
                bought.add((purchase.date, purchase.order_number))
        orders = {order: value for order, value in turnover.items() if order in bought}
        if not orders:
            return History(0, None, 0, Decimal(0), ())
        last = max(day for day, _ in orders)
        today = self._clock.today()
        return History(
            orders=len(orders),
            last=last,
            days_since=(today - last).days,
            average=sum(orders.values(), Decimal(0)) / len(orders),
            by_month=_by_month([(day, value) for (day, _), value in turnover.items()], today),
        )

    def purchases(self, customer_id: str) -> list[Purchase]:
        """All order lines, newest order first: the company's, and those of this machine that it has not sent back."""
        return self._purchases.all(customer_id)

    def orders(self, customer_id: str) -> tuple[PastOrder, ...]:
        """Orders and quotes, newest first, colleagues' too."""
        own = self._documents.orders_of(customer_id)
        told = self._customers.orders(customer_id)
        return past_orders(self.purchases(customer_id), told, own, self._purchases)

    def _made_here(self) -> list[Customer]:
        read = (bodies.decode("customer", text) for text in self._documents.bodies_of(Kind.CUSTOMER))
        return [made_customer(body) for body in read if isinstance(body, bodies.CustomerBody)]


def made_customer(body: bodies.CustomerBody) -> Customer:
    """A customer document as the customer it makes."""
    contact = domain.Contact(body.contact, body.email, body.phone)
    return Customer(
        id=body.id,
        name=body.company,
        price_list=body.price_list,
        contacts=(contact,) if contact != domain.Contact("") else (),
        billing=_address(body.billing),
        shipping=_address(body.shipping),
        payment_terms=body.payment_terms,
    )


def _address(address: bodies.Address) -> domain.Address:
    return domain.Address(address.line, address.city, address.postcode, address.country)


def _by_month(turnover: Iterable[tuple[date, Decimal]], today: date) -> tuple[Decimal, ...]:
    months = [Decimal(0)] * MONTHS
    for day, value in turnover:
        ago = (today.year - day.year) * 12 + today.month - day.month
        if 0 <= ago < MONTHS:
            months[MONTHS - 1 - ago] += value
    return tuple(months)
