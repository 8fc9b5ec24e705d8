"""Where Zoho Inventory and Zoho Books differ. Everything else is said once for both."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """One of Zoho's kinds of documents."""

    path: str
    """Of all of them, and the name of their list in an answer."""
    nodes: tuple[str, ...]
    """Names of the single one in an answer."""
    id: str
    number: str
    confirm: str
    """The status that leads on from a draft."""
    cancel: str
    """The status that takes it back."""
    cancelled: str
    """What it is called then."""
    is_unique: bool = True
    """Whether Zoho says that it takes no second one with a number."""
    last_day: str = ""
    """Field for the last day of a quote."""
    ship_on: str = ""
    """Field for the first delivery day."""
    ship_to: str = ""
    """Field for the id of one of the customer's addresses."""


@dataclass(frozen=True, slots=True)
class Flavour:
    title: str
    root: str
    order: Paper
    quote: Paper
    adds_addresses: bool
    """Whether a customer can be given another address."""
    charges_by_contact: bool
    """Whether a new customer can be given a price list, and payment terms in words."""

    @property
    def papers(self) -> tuple[Paper, ...]:
        return (self.order,) if self.quote == self.order else (self.order, self.quote)


def _sales_order(confirm: str) -> Paper:
    return Paper(
        path="salesorders",
        nodes=("salesorder", "sales_order"),
        id="salesorder_id",
        number="salesorder_number",
        confirm=confirm,
        cancel="void",
        cancelled="void",
        ship_on="shipment_date",
        ship_to="shipping_address_id",
    )


_ESTIMATE = Paper(
    path="estimates",
    nodes=("estimate",),
    id="estimate_id",
    number="estimate_number",
    confirm="sent",
    cancel="declined",
    cancelled="declined",
    is_unique=False,
    last_day="expiry_date",
)
INVENTORY = Flavour(
    title="Zoho Inventory",
    root="/inventory/v1",
    order=_sales_order("confirmed"),
    quote=_sales_order("confirmed"),
    adds_addresses=False,
    charges_by_contact=False,
)
BOOKS = Flavour(
    title="Zoho Books",
    root="/books/v3",
    order=_sales_order("open"),
    quote=_ESTIMATE,
    adds_addresses=True,
    charges_by_contact=True,
)
FLAVOURS = {"inventory": INVENTORY, "books": BOOKS}
