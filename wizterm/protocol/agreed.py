"""A document read back as the cart it was, with the figures it states: what was agreed can be asked about again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wizterm.domain.approval import Approval, How
from wizterm.domain.cart import Cart, Line
from wizterm.domain.checking import Difference
from wizterm.domain.discount import CartDiscount, LineDiscount, Off
from wizterm.domain.fees import Fee
from wizterm.domain.limits import NO_LIMITS, ProductLimits
from wizterm.domain.money import ZERO, currency
from wizterm.domain.options import Chosen
from wizterm.domain.prices import Price, PriceSource
from wizterm.domain.promotions import Taken
from wizterm.domain.quantity import ANY_QUANTITY, EACH, LEAST, QuantityRule, Unit, show
from wizterm.domain.tax import TaxRate, TaxTotal
from wizterm.domain.totals import LineTotal, Totals
from wizterm.protocol import bodies


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What the reader's own data say of a product, besides its prices."""

    discountable: bool = True
    limits: ProductLimits = NO_LIMITS
    family: str = ""
    counts_together: bool = False
    tax_code: str = ""
    rule: QuantityRule = ANY_QUANTITY


def agreed_cart(body: bodies.OrderBody, facts: Callable[[str], ProductFacts]) -> Cart:
    """Raises `ValueError` where a word or a number in it means nothing here."""
    lines = tuple(_line(line, facts(line.sku)) for line in body.lines)
    cart = Cart(
        id=body.id,
        currency=body.currency,
        price_list=body.price_list,
        customer=body.customer.id,
        lines=lines,
        discounts=tuple(CartDiscount(Off(each.off), each.value, each.reason) for each in body.discounts),
        fees=tuple(Fee(each.code, each.name, Off(each.off), each.value, each.tax_code) for each in body.fees),
        approvals=tuple(Approval(e.approver, e.at, How(e.how), e.percent, e.mac) for e in body.approvals),
        revision=body.revision,
    )
    return cart.counted_together()


def about_counts(body: bodies.OrderBody, facts: Callable[[str], ProductFacts]) -> Iterator[Difference]:
    """Whether what was counted is what is sold or taken back; figures look at the quantity, people at the count."""
    for line in body.lines:
        if not line.quantity:
            yield Difference("quantity", f"{line.sku} has a quantity of 0.")
        elif _differ(line):
            words = f"its count is {show(line.count)} {line.unit}, its quantity {show(line.quantity)}"
            yield Difference("quantity", f"{line.sku}: count and quantity differ: {words}.")
        elif line.quantity % (LEAST if facts(line.sku).rule.is_in_parts else 1):
            yield Difference("quantity", f"{line.sku}: {show(line.quantity)} is no number of whole pieces.")


def _differ(line: bodies.OrderLine) -> bool:
    if line.unit == EACH.code:
        return line.count != line.quantity
    return not line.count or (line.count < 0) != (line.quantity < 0)


def stated_totals(body: bodies.OrderBody) -> Totals:
    """Raises `AmountError` where its currency is none."""
    lines = tuple(
        LineTotal(
            line=str(line.line),
            gross=line.gross,
            discount=line.discount.amount if line.discount else ZERO,
            net=line.net,
            cart_discount=line.cart_discount,
            promotions=tuple(Taken(each.id, each.name, each.amount) for each in line.promotions),
        )
        for line in body.lines
    )
    return Totals(
        currency=currency(body.currency),
        lines=lines,
        subtotal=body.subtotal,
        discounts=tuple(each.amount for each in body.discounts),
        goods=sum((part.share for part in lines), ZERO),
        fees=tuple(each.amount for each in body.fees),
        taxes=tuple(
            TaxTotal(TaxRate(each.code, each.rate, inclusive=each.inclusive), each.base, each.amount)
            for each in body.taxes
        ),
        total=body.total,
    )


def _line(line: bodies.OrderLine, facts: ProductFacts) -> Line:
    reason = line.price_reason
    instead = Price(reason.instead_of, PriceSource.LIST) if reason.instead_of is not None else None
    return Line(
        id=str(line.line),
        sku=line.sku,
        name=line.name,
        count=line.quantity,
        price=Price(line.unit_price, PriceSource(reason.source)),
        unit=Unit(line.unit),
        discount=LineDiscount(Off(line.discount.off), line.discount.value) if line.discount else None,
        discountable=facts.discountable,
        limits=facts.limits,
        family=facts.family,
        counts_together=facts.counts_together and bool(facts.family),
        tax_code=facts.tax_code,
        instead_of=instead,
        options=tuple(Chosen(each.modifier, each.option, each.surcharge) for each in line.options),
    )
