"""What a document says, version 1. Every version ever released is read for ever.

A body is a copy of everything that was agreed: names and prices stand in it, not only ids, so that it still means the
same when the catalogue has moved on.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from wizterm.protocol.decoding import decoded

BODY_VERSION = 1


class PriceReason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    source: str
    entry: str = ""
    price_list: str = ""
    min_quantity: Decimal = Decimal(1)
    valid_from: date | None = None
    valid_to: date | None = None
    typed_at: datetime | None = None
    """When the rep typed it."""
    instead_of: Decimal | None = None
    """The price that the company's data gave, where the rep typed another."""


class Discount(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    off: str
    """percent or amount."""
    value: Decimal
    amount: Decimal
    """What it takes off, in the document's currency."""
    reason: str = ""


class PromotionTaken(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    name: str
    amount: Decimal


class Fee(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    code: str
    name: str
    off: str
    """percent (of the net sum) or amount."""
    value: Decimal
    amount: Decimal
    tax_code: str = ""


class Tax(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An estimate: the company's own system says what is owed."""

    code: str
    rate: Decimal
    base: Decimal
    amount: Decimal
    inclusive: bool = False


class Approval(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A manager's yes to a discount beyond the rep's limit."""

    approver: str
    at: datetime
    how: str
    """pin or code."""
    percent: Decimal
    """The most discount it allows."""
    mac: str


class Signature(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Drawn, or where there are no strokes a name that was typed."""

    at: datetime
    name: str = ""
    strokes: tuple[tuple[tuple[int, int, int], ...], ...] = ()
    """Each stroke's places: x, y in dots, and milliseconds since the pen first came down."""
    width: int = 0
    """Of the field, in dots."""
    height: int = 0


class Lot(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the scanned pack said of itself."""

    batch: str = ""
    serial: str = ""
    expiry: date | None = None
    unverified: bool = False


class LineOption(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    modifier: str
    option: str
    surcharge: Decimal
    """Per base unit; it stands in the unit price, where that was not typed."""


class OrderLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    line: int
    """From 1."""
    sku: str
    name: str
    unit: str
    count: Decimal
    """In `unit`, as entered."""
    quantity: Decimal
    """In base units."""
    unit_price: Decimal
    """Per base unit."""
    price_reason: PriceReason
    gross: Decimal
    net: Decimal
    """After promotions and the line's own discount."""
    cart_discount: Decimal = Decimal(0)
    """The line's share of the discounts on the whole."""
    discount: Discount | None = None
    gtin: str = ""
    note: str = ""
    promotions: tuple[PromotionTaken, ...] = ()
    tax_code: str = ""
    not_discountable: bool = False
    lot: Lot | None = None
    deliver_on: date | None = None
    """Where the line is wanted on a day of its own."""
    options: tuple[LineOption, ...] = ()
    """What was chosen with the product."""

    @property
    def paid(self) -> Decimal:
        """For a base unit, after what was taken off the line."""
        return self.net / self.quantity if self.quantity else self.unit_price


class Address(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    line: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""


class Party(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    name: str
    number: str = ""
    contact: str = ""
    email: str = ""
    billing: Address = Address()
    shipping: Address = Address()


class Head(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every document says first."""

    version: int
    id: str
    revision: int
    kind: str
    number: str
    rep: str
    installation: str
    submitted_at: datetime
    """UTC, by the device's clock: recorded, never trusted."""
    business_date: date
    utc_offset_minutes: int


class OrderBody(Head, frozen=True, kw_only=True, omit_defaults=True):
    """An order or a quote."""

    customer: Party
    currency: str
    price_list: str
    lines: tuple[OrderLine, ...]
    subtotal: Decimal
    total: Decimal
    discounts: tuple[Discount, ...] = ()
    fees: tuple[Fee, ...] = ()
    taxes: tuple[Tax, ...] = ()
    approvals: tuple[Approval, ...] = ()
    note: str = ""
    quote: str = ""
    """Id of the quote this order came from."""
    valid_until: date | None = None
    """Of a quote."""
    catalogue_cursor: str = ""
    """What the prices were read from."""
    payment_method: str = ""
    delivery: Address | None = None
    """Where that is not the customer's own shipping address."""
    deliver_from: date | None = None
    deliver_to: date | None = None
    """The last day of a window."""
    contact: str = ""
    """Who ordered, where that is not the customer's first contact."""
    sold_by: str = ""
    """Whose order it is, where that is not the rep who submitted it."""
    po_number: str = ""
    """The customer's own number for it."""
    signature: Signature | None = None


class CustomerBody(Head, frozen=True, kw_only=True, omit_defaults=True):
    """A customer made in the field; the document's id is the customer's public id."""

    company: str
    contact: str = ""
    email: str = ""
    phone: str = ""
    billing: Address = Address()
    shipping: Address = Address()
    price_list: str = ""
    payment_terms: str = ""
    note: str = ""
    assigned_to: str = ""
    """Code of the rep who looks after them, where that is not who made them."""


class CancellationBody(Head, frozen=True, kw_only=True, omit_defaults=True):
    of: str
    """Id of the document that is taken back."""
    reason: str = ""


class BarcodeBody(Head, frozen=True, kw_only=True, omit_defaults=True):
    """A code that a rep has bound to a product: a suggestion for the catalogue."""

    code: str
    """A GTIN-14 where it is one, else the text as it was scanned."""
    sku: str
    unit: str = ""
    """The unit that bears the code; empty for the product's own."""


class WishlistBody(Head, frozen=True, kw_only=True, omit_defaults=True):
    """A change to what a customer would like to have."""

    customer: Party
    added: tuple[str, ...] = ()
    """SKUs."""
    removed: tuple[str, ...] = ()


Body = OrderBody | CustomerBody | CancellationBody | BarcodeBody | WishlistBody

_TYPES: dict[str, type[Body]] = {
    "order": OrderBody,
    "quote": OrderBody,
    "customer": CustomerBody,
    "cancellation": CancellationBody,
    "barcode": BarcodeBody,
    "wishlist": WishlistBody,
}


class UnknownKindError(ValueError):
    """A kind of document this program does not know yet."""


def encode(body: Body) -> str:
    """The exact text that is frozen, hashed and sent."""
    return msgspec.json.encode(body).decode()


def decode(kind: str, text: str) -> Body:
    """Raises `UnknownKindError`, or `msgspec.ValidationError` that names the field at fault."""
    if kind not in _TYPES:
        raise UnknownKindError(f"Documents of kind {kind[:40]!r} are not known here.")
    return decoded(text.encode(), _TYPES[kind])


def head(text: str) -> Head:
    """The head alone, whatever the kind."""
    return decoded(text.encode(), Head)
