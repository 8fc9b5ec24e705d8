"""What a rep is putting together for a customer. Carts are values: every change gives a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

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

    @property
    def quantity(self) -> Decimal:
        """In base units: what rules and breaks count."""
        return self.count * self.unit.factor

    @property
    def misfit(self) -> Misfit | None:
        return self.rule.misfit(self.quantity)

    def adds_to(self, other: Line) -> bool:
        """Whether the same again belongs on this line: one line per product, unit and typed price or not."""
        return (self.sku, self.unit, self._typed()) == (other.sku, other.unit, other._typed())

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
