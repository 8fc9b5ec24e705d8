"""What can be ordered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from wizterm.domain.quantity import ANY_QUANTITY, EACH, QuantityRule, Unit


@dataclass(frozen=True, slots=True)
class Stock:
    quantity: Decimal
    at: datetime
    """When the company counted it, UTC; shown as an age."""


@dataclass(frozen=True, slots=True)
class Product:
    sku: str
    """The company's own code: the identity of a product everywhere."""
    name: str
    description: str = ""
    category: str = ""
    """Path with ' / ' between its levels."""
    brand: str = ""
    gtin: str = ""
    """As printed: 8, 12, 13 or 14 digits; empty where unknown."""
    rule: QuantityRule = ANY_QUANTITY
    unit: Unit = EACH
    case: Unit | None = None
    discontinued: bool = False


@dataclass(frozen=True, slots=True)
class Bought:
    """What a customer has had of one product before."""

    times: int
    quantity: Decimal
    """Of the last order."""
    last: str
    """ISO date of the last order."""
