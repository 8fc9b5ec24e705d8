"""A document's words read back into a cart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from wizterm.domain.cart import Cart, Line
from wizterm.domain.customer import Address
from wizterm.domain.details import Details
from wizterm.domain.discount import CartDiscount, LineDiscount, Off
from wizterm.domain.fees import Fee
from wizterm.domain.lot import NO_LOT, Lot
from wizterm.domain.options import Chosen
from wizterm.domain.prices import Price, PriceSource
from wizterm.domain.quantity import EACH, Unit
from wizterm.protocol import bodies
from wizterm.protocol.bodies import OrderBody, OrderLine


def cart_of(body: OrderBody, products: Mapping[str, Line], cart_id: str) -> Cart:
    """What the document says, at its own prices; rules and limits are those of today's products, by SKU.

    Who signed the document did not sign what comes of it.
    """
    return Cart(
        id=cart_id,
        currency=body.currency,
        price_list=body.price_list,
        customer=body.customer.id,
        lines=tuple(_line(line, products.get(line.sku)) for line in body.lines),
        discounts=tuple(CartDiscount(Off(each.off), each.value, each.reason) for each in body.discounts),
        note=body.note,
        fees=tuple(Fee(each.code, each.name, Off(each.off), each.value, each.tax_code) for each in body.fees),
        details=Details(
            payment_method=body.payment_method,
            delivery=_address(body.delivery) if body.delivery else None,
            deliver_from=body.deliver_from,
            deliver_to=body.deliver_to,
            contact=body.contact,
            rep=body.sold_by,
            po_number=body.po_number,
        ),
    )


def promised(cart: Cart, quote: str) -> Cart:
    """With prices that stay as they are, because the quote promised them."""
    return replace(
        cart,
        quote=quote,
        lines=tuple(
            replace(line, price=replace(line.price, source=PriceSource.QUOTE, entry=quote) if line.price else None)
            for line in cart.lines
        ),
    )


def _line(line: OrderLine, product: Line | None) -> Line:
    blank = product or Line(id="", sku=line.sku, name=line.name, count=line.count, price=None)
    factor = line.quantity / line.count if line.count else Decimal(1)
    return replace(
        blank,
        id=str(line.line),
        name=line.name,
        count=line.count,
        unit=EACH if factor == 1 and line.unit == EACH.code else Unit(line.unit, factor),
        price=_price(line),
        discount=_discount(line),
        gtin=line.gtin,
        note=line.note,
        deliver_on=line.deliver_on,
        discountable=not line.not_discountable,
        tax_code=line.tax_code,
        lot=_lot(line.lot),
        options=tuple(Chosen(each.modifier, each.option, each.surcharge) for each in line.options),
    )


def _lot(lot: bodies.Lot | None) -> Lot:
    return Lot(lot.batch, lot.serial, lot.expiry, lot.unverified) if lot else NO_LOT


def _price(line: OrderLine) -> Price:
    reason = line.price_reason
    known = reason.source in set(PriceSource)
    return Price(
        amount=line.unit_price,
        source=PriceSource(reason.source) if known else PriceSource.TYPED,
        entry=reason.entry,
        price_list=reason.price_list,
        min_quantity=reason.min_quantity,
        valid_from=reason.valid_from,
        valid_to=reason.valid_to,
    )


def _discount(line: OrderLine) -> LineDiscount | None:
    return LineDiscount(Off(line.discount.off), line.discount.value) if line.discount else None


def _address(address: bodies.Address) -> Address:
    return Address(address.line, address.city, address.postcode, address.country)
