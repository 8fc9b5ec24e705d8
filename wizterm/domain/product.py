"""What can be ordered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from wizterm.domain.limits import NO_LIMITS, ProductLimits
from wizterm.domain.quantity import ANY_QUANTITY, EACH, QuantityRule, Unit


@dataclass(frozen=True, slots=True)
class Stock:
    quantity: Decimal
    at: datetime
    """When the company counted it, UTC; shown as an age."""
    reason: str = ""
    """Why it is no later count, where the company's own system was asked for one and did not say."""


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
    units: tuple[Unit, ...] = ()
    """Further units it is sold in, such as a pallet."""
    discountable: bool = True
    limits: ProductLimits = NO_LIMITS
    family: str = ""
    """The style or range it belongs to; empty for none."""
    counts_together: bool = False
    """Whether price breaks count all of its family in a cart."""
    tax_code: str = ""
    colour: str = ""
    """With the size, which variant of its family it is; empty for a product that stands alone."""
    size: str = ""
    listed_on: date | None = None
    """When it came into the range."""

    @property
    def is_variant(self) -> bool:
        """Whether it is one of several that differ in colour or size."""
        return bool(self.family and (self.colour or self.size))

    def unit_named(self, word: str) -> Unit | None:
        """The unit a person means by a word or its beginning; None where it is sold in no such."""
        wanted = word.strip().casefold().removesuffix("s")
        exact = [unit for unit in self.sold_in if unit.code.casefold() == wanted]
        near = [unit for unit in self.sold_in if wanted and unit.code.casefold().startswith(wanted)]
        return next(iter(exact or near), None)

    @property
    def sold_in(self) -> tuple[Unit, ...]:
        """Every unit, the base unit first; each name once."""
        named = {unit.code: unit for unit in (*self.units, *([self.case] if self.case else []), self.unit)}
        return tuple(sorted(named.values(), key=lambda unit: unit.factor))

    @property
    def unit_words(self) -> str:
        """The units for people: each, case (24), pallet (480)."""
        return ", ".join(
            unit.code if unit.factor == 1 else f"{unit.code} ({unit.factor.normalize():f})" for unit in self.sold_in
        )


@dataclass(frozen=True, slots=True)
class Bought:
    """What a customer has had of one product before."""

    times: int
    quantity: Decimal
    """Of the last order."""
    last: str
    """ISO date of the last order."""
