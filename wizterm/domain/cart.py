"""What a rep is putting together for a customer. Carts are values: every change gives a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from wizterm.domain.approval import Approval
from wizterm.domain.details import NO_DETAILS, Details
from wizterm.domain.discount import CartDiscount, LineDiscount
from wizterm.domain.document import Kind
from wizterm.domain.fees import Fee
from wizterm.domain.limits import NO_LIMITS, ProductLimits
from wizterm.domain.lot import NO_LOT, Lot
from wizterm.domain.money import ZERO
from wizterm.domain.options import Chosen
from wizterm.domain.prices import Price, PriceList
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
    limits: ProductLimits = NO_LIMITS
    family: str = ""
    """The style or range it belongs to; empty for none."""
    counts_together: bool = False
    """Whether breaks count all lines of its family."""
    beside: Decimal = ZERO
    """Base units that breaks count besides its own: of its family, or what else goes back of the same product."""
    tax_code: str = ""
    instead_of: Price | None = None
    """What the company's data say, where the rep typed the price."""
    lot: Lot = NO_LOT
    """What the scanned pack said."""
    scanned: Decimal | None = None
    """Base units that scans have counted, of which the rules may have made more; None once a quantity was typed."""

    options: tuple[Chosen, ...] = ()
    """What was chosen with it; their surcharges are in the price, where that was not typed."""

    @property
    def quantity(self) -> Decimal:
        """In base units: what rules and breaks count."""
        return self.count * self.unit.factor

    @property
    def is_credit(self) -> bool:
        """Whether its goods go back."""
        return self.count < 0

    @property
    def counted(self) -> Decimal:
        """What breaks count: the line's own base units and those beside it.

        What goes back is credited at the price of as many bought alone, on however many lines it stands.
        """
        return abs(self.quantity) + self.beside

    @property
    def misfit(self) -> Misfit | None:
        """Of what goes back one piece is as good as any number."""
        return self.rule.misfit_back(-self.quantity) if self.is_credit else self.rule.misfit(self.quantity)

    def adds_to(self, other: Line) -> bool:
        """Whether the same goes on this line: one per product, way, unit, options, day, lot, and typed price or not."""
        return self._kind() == other._kind()

    def _kind(self) -> tuple[object, ...]:
        return self.sku, self.is_credit, self.unit, self.options, self.deliver_on, self.lot, self._agreed()

    def _agreed(self) -> Decimal | None:
        return self.price.amount if self.price is not None and self.price.is_agreed else None


Pricer = Callable[[Line], Price | None]
"""Gives the price that the company's data set for a line, for the quantity that breaks count."""


@dataclass(frozen=True, slots=True)
class Revised:
    """The document whose place a cart takes, as every device of the rep has to call it."""

    kind: Kind
    number: str


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
    fees: tuple[Fee, ...] = ()
    approvals: tuple[Approval, ...] = ()
    revised: Revised | None = None
    """Where the revision is above 1; it travels with the cart to devices that do not have the document."""

    def line(self, line_id: str) -> Line | None:
        return next((line for line in self.lines if line.id == line_id), None)

    def signature_is_void(self, after: Cart) -> bool:
        """Whether what the customer has put their name to is no longer what the cart says."""
        signed = self.details.signature
        return (
            signed is not None
            and after.details.signature == signed
            and (after.lines, after.discounts, after.currency) != (self.lines, self.discounts, self.currency)
        )

    def adding(self, line: Line, price: Pricer) -> Cart:
        """With the line added: to the line it belongs to, else at the end."""
        for standing in self.lines:
            if standing.adds_to(line):
                return self.counting(standing.id, standing.count + line.count, price)
        return _counted_together(replace(self, lines=(*self.lines, _priced(line, price))), line, price)

    def counting(self, line_id: str, count: Decimal, price: Pricer, *, scanned: Decimal | None = None) -> Cart:
        """With another count on a line, priced anew; a count of zero takes the line away."""
        if not count:
            return self.without(line_id, price)
        before = self.line(line_id)
        if before is not None and before.is_credit != (count < 0):
            return self.in_unit(line_id, count, before.unit, price)
        changed = self._changing(line_id, lambda line: _priced(replace(line, count=count, scanned=scanned), price))
        return _counted_together(changed, before, price)

    def in_unit(self, line_id: str, count: Decimal, unit: Unit, price: Pricer) -> Cart:
        """With a line counted in another unit, or going the other way; where such a line stands, it goes on that."""
        line = self.line(line_id)
        if line is None:
            return self
        discount = line.discount if count > 0 else None
        turned = replace(line, count=count, unit=unit, scanned=None, discount=discount)
        if any(each.id != line_id and each.adds_to(turned) for each in self.lines):
            return self.without(line_id, price).adding(turned, price)
        changed = self._changing(line_id, lambda _: _priced(turned, price))
        return _counted_together(changed, turned, price)

    def without(self, line_id: str, price: Pricer | None = None) -> Cart:
        """With the line gone; what counted together with it is priced anew, where a pricer is given."""
        left = replace(self, lines=tuple(line for line in self.lines if line.id != line_id))
        return _counted_together(left, self.line(line_id), price) if price is not None else left

    def noting(self, line_id: str, note: str) -> Cart:
        return self._changing(line_id, lambda line: replace(line, note=note))

    def delivering(self, line_id: str, day: date | None) -> Cart:
        return self._changing(line_id, lambda line: replace(line, deliver_on=day))

    def discounting(self, line_id: str, discount: LineDiscount | None) -> Cart:
        return self._changing(line_id, lambda line: replace(line, discount=discount))

    def moving_to(self, customer: str, price_list: PriceList) -> Cart:
        """The same goods for a customer, from a list: still to be priced, and without what another customer said."""
        details = self.details if self.customer in {"", customer} else self.details.for_another()
        return replace(self, customer=customer, price_list=price_list.id, currency=price_list.currency, details=details)

    def repriced(self, price: Pricer) -> Cart:
        """Every line priced anew, as after choosing a customer; typed prices stay."""
        return replace(self, lines=tuple(_priced(line, price) for line in _beside_each_other(self.lines)))

    def counted_together(self) -> Cart:
        """With each line knowing what breaks count besides it; no price is touched."""
        return replace(self, lines=tuple(_beside_each_other(self.lines)))

    def typing(self, line_id: str, price: Price | None) -> Cart:
        """With a price the rep typed on a line, or (None) the company's own again."""

        def change(line: Line) -> Line:
            own = line.instead_of if line.price is not None and line.price.is_typed else line.price
            return replace(line, price=price or own, instead_of=own if price else None)

        return self._changing(line_id, change)

    def _changing(self, line_id: str, change: Callable[[Line], Line]) -> Cart:
        return replace(self, lines=tuple(change(line) if line.id == line_id else line for line in self.lines))


def _priced(line: Line, price: Pricer) -> Line:
    if line.price is not None and line.price.is_typed:
        return replace(line, instead_of=price(line))
    if line.price is not None and line.price.is_agreed:
        return line
    return replace(line, price=price(line))


def _counted_together(cart: Cart, changed: Line | None, price: Pricer) -> Cart:
    """With what counts together with the changed line priced anew, wherever what stands beside it is other now."""
    if changed is None or not (changed.counts_together or any(line.is_credit for line in cart.lines)):
        return cart
    lines = (
        _priced(new, price) if new.beside != old.beside and _may_count_together(new, changed) else old
        for old, new in zip(cart.lines, _beside_each_other(cart.lines), strict=True)
    )
    return replace(cart, lines=tuple(lines))


def _beside_each_other(lines: Sequence[Line]) -> list[Line]:
    """The lines, each knowing what the others count with it."""
    together: defaultdict[tuple[bool, str, str], Decimal] = defaultdict(Decimal)
    groups = [_group(line) for line in lines]
    for line, group in zip(lines, groups, strict=True):
        if group is not None:
            together[group] += abs(line.quantity)
    beside = (
        together[group] - abs(line.quantity) if group else ZERO for line, group in zip(lines, groups, strict=True)
    )
    return [
        replace(line, beside=count) if count != line.beside else line for line, count in zip(lines, beside, strict=True)
    ]


def _group(line: Line) -> tuple[bool, str, str] | None:
    """Lines of one group count together; None where a line counts alone.

    Of what goes back a product counts with itself on any line: many small returns of what was bought at once must not
    be credited at the price of small quantities.
    """
    if line.counts_together:
        return line.is_credit, "family", line.family
    return (True, "product", line.sku) if line.is_credit else None


def _may_count_together(line: Line, other: Line) -> bool:
    """Whichever way either goes: a line that is turned leaves one group for another."""
    return line.sku == other.sku or (other.counts_together and line.family == other.family)
