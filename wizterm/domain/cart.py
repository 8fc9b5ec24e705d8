"""What a rep is putting together for a customer. Carts are values: every change gives a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from wizterm.domain.details import NO_DETAILS, Details
from wizterm.domain.discount import CartDiscount, LineDiscount
from wizterm.domain.prices import Price
from wizterm.domain.quantity import ANY_QUANTITY, EACH, Misfit, QuantityRule, Unit


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    """Stable while the cart lives; the order numbers its lines anew."""
    sku: str
    name: str
    count: Decimal
    """As entered, in `unit`."""
    price: Price | None
    """Per base unit; None where the product is not sold to this customer."""
    unit: Unit = EACH
    rule: QuantityRule = ANY_QUANTITY
    gtin: str = ""
    discount: LineDiscount | None = None
    note: str = ""
    discountable: bool = True
    deliver_on: date | None = None
    """Where the line is wanted on a day of its own; a cart can be split by these."""

    @property
    def quantity(self) -> Decimal:
        """In base units: what rules and breaks count."""
        return self.count * self.unit.factor

    @property
    def misfit(self) -> Misfit | None:
        return self.rule.misfit(self.quantity)

    def adds_to(self, other: Line) -> bool:
        """Whether the same again belongs on this line: one line per product, unit, day, and typed price or not."""
        return self._kind() == other._kind()

    def _kind(self) -> tuple[object, ...]:
        return self.sku, self.unit, self.deliver_on, self._typed()

    def _typed(self) -> Decimal | None:
        return self.price.amount if self.price is not None and self.price.is_typed else None


Pricer = Callable[[Line], Price | None]
"""Gives the line's price for its quantity; the line's own price where that was typed."""


@dataclass(frozen=True, slots=True)
class Cart:
    id: str
    """The UUIDv7 of the document it will become."""
    currency: str
    price_list: str
    customer: str = ""
    """Public id; empty for a guest cart."""
    name: str = ""
    lines: tuple[Line, ...] = ()
    discounts: tuple[CartDiscount, ...] = ()
    """In the order they were entered, which is the order they apply in."""
    note: str = ""
    details: Details = NO_DETAILS
    revision: int = 1
    """Above 1 where it takes the place of a document that was submitted before."""
    quote: str = ""
    """Id of the quote it came from."""

    def line(self, line_id: str) -> Line | None:
        return next((line for line in self.lines if line.id == line_id), None)

    def adding(self, line: Line, price: Pricer) -> Cart:
        """With the line added: to the line it belongs to, else at the end."""
        for standing in self.lines:
            if standing.adds_to(line):
                return self.counting(standing.id, standing.count + line.count, price)
        return replace(self, lines=(*self.lines, _priced(line, price)))

    def counting(self, line_id: str, count: Decimal, price: Pricer) -> Cart:
        """With another count on a line, priced anew; a count of zero takes the line away."""
        if not count:
            return self.without(line_id)
        return self._changing(line_id, lambda line: _priced(replace(line, count=count), price))

    def without(self, line_id: str) -> Cart:
        return replace(self, lines=tuple(line for line in self.lines if line.id != line_id))

    def noting(self, line_id: str, note: str) -> Cart:
        return self._changing(line_id, lambda line: replace(line, note=note))

    def delivering(self, line_id: str, day: date | None) -> Cart:
        return self._changing(line_id, lambda line: replace(line, deliver_on=day))

    def discounting(self, line_id: str, discount: LineDiscount | None) -> Cart:
        return self._changing(line_id, lambda line: replace(line, discount=discount))

    def repriced(self, price: Pricer) -> Cart:
        """Every line priced anew, as after choosing a customer; typed prices stay."""
        return replace(self, lines=tuple(_priced(line, price) for line in self.lines))

    def _changing(self, line_id: str, change: Callable[[Line], Line]) -> Cart:
        return replace(self, lines=tuple(change(line) if line.id == line_id else line for line in self.lines))


def _priced(line: Line, price: Pricer) -> Line:
    if line.price is not None and line.price.is_typed:
        return line
    return replace(line, price=price(line))
