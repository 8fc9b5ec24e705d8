"""A product as a line of a cart, and the next quantity it may have."""

from __future__ import annotations

from decimal import Decimal

from wizterm.domain.cart import Line
from wizterm.domain.lot import NO_LOT, Lot
from wizterm.domain.product import Product
from wizterm.domain.quantity import Unit


def new_line(
    line_id: str, product: Product, count: Decimal | None, unit: Unit | None = None, lot: Lot = NO_LOT
) -> Line:
    """Without a count, the least that may be ordered; not priced yet."""
    return Line(
        id=line_id,
        sku=product.sku,
        name=product.name,
        count=product.rule.least if count is None else count,
        price=None,
        unit=unit or product.unit,
        rule=product.rule,
        gtin=product.gtin,
        discountable=product.discountable,
        limits=product.limits,
        family=product.family,
        counts_together=product.counts_together and bool(product.family),
        tax_code=product.tax_code,
        lot=lot,
    )


def next_count(line: Line, step: int) -> Decimal:
    """The count of the nearest valid quantity above (+1) or below (−1); one step on where there is none."""
    if line.is_credit:
        return line.count + step
    wanted = line.quantity + step * max(line.rule.multiple, line.unit.factor)
    misfit = line.rule.misfit(wanted)
    near = wanted if misfit is None else misfit.above if step > 0 else misfit.below
    count = (wanted if near is None else near) / line.unit.factor
    return count if count == count.to_integral_value() else line.count + step
