"""What an order says besides its lines: how it is paid, where and when it goes, who stands for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from wizterm.domain.customer import Address


@dataclass(frozen=True, slots=True)
class Dot:
    """One place the pen was at."""

    x: int
    y: int
    at: int
    """Milliseconds since the pen first came down."""


Stroke = tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """What the customer put under the order: drawn, or their name typed."""

    name: str
    at: datetime
    strokes: tuple[Stroke, ...] = ()
    width: int = 0
    """Of the field it was drawn in, in dots; zero where the name was typed."""
    height: int = 0


@dataclass(frozen=True, slots=True)
class Details:
    payment_method: str = ""
    delivery: Address | None = None
    """None: the customer's own shipping address."""
    deliver_from: date | None = None
    deliver_to: date | None = None
    """The last day of a window; None where it is one day."""
    contact: str = ""
    """Who ordered; empty means the customer's first contact."""
    rep: str = ""
    """Whose order it is, where that is not who submits it."""
    po_number: str = ""
    """The customer's own number for this order."""
    valid_until: date | None = None
    """Of a quote; None: as long as the company gives."""
    signature: Signature | None = None

    def for_another(self) -> Details:
        """Without what only one customer can mean by it."""
        return replace(self, delivery=None, contact="", po_number="", signature=None)

    def missing(self, wanted: frozenset[str]) -> tuple[str, ...]:
        """The names of wanted details that are not filled in, as people say them."""
        return tuple(words for name, words in NAMES.items() if name in wanted and not getattr(self, name))


NO_DETAILS = Details()

NAMES = {
    "payment_method": "the payment method",
    "delivery": "the delivery address",
    "deliver_from": "the delivery date",
    "contact": "the contact person",
    "po_number": "the customer's order number",
    "signature": "the signature",
}
"""Details a company can ask for."""
