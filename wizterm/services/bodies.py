"""Turning what stands on the screen into the bytes that are frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from wizterm.domain import customer as trade
from wizterm.domain.cart import Cart, Line
from wizterm.domain.customer import Customer, NewCustomer
from wizterm.domain.details import Details, Signature
from wizterm.domain.discount import LineDiscount
from wizterm.domain.document import DocumentId, Kind
from wizterm.domain.lot import NO_LOT, Lot
from wizterm.domain.prices import Price
from wizterm.domain.tax import TaxTotal
from wizterm.domain.totals import LineTotal, Totals
from wizterm.protocol import bodies


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every document says of its making."""

    document: DocumentId
    kind: Kind
    number: str
    rep: str
    installation: str
    submitted_at: datetime
    business_date: date
    utc_offset_minutes: int


def order_body(
    stamp: Stamp, cart: Cart, customer: Customer, figures: Totals, catalogue_cursor: str
) -> bodies.OrderBody:
    """An order or quote; every line must have a price."""
    return bodies.OrderBody(
        **_head(stamp),
        customer=_party(customer),
        currency=cart.currency,
        price_list=cart.price_list,
        lines=tuple(
            _order_line(place, line, part, figures)
            for place, (line, part) in enumerate(zip(cart.lines, figures.lines, strict=True), start=1)
        ),
        subtotal=figures.subtotal,
        total=figures.total,
        discounts=tuple(
            bodies.Discount(off=str(discount.off), value=discount.value, amount=amount, reason=discount.reason)
            for discount, amount in zip(cart.discounts, figures.discounts, strict=True)
        ),
        fees=tuple(
            bodies.Fee(
                code=fee.code, name=fee.name, off=str(fee.off), value=fee.value, amount=amount, tax_code=fee.tax_code
            )
            for fee, amount in zip(cart.fees, figures.fees, strict=True)
        ),
        taxes=tuple(_tax(tax) for tax in figures.taxes),
        approvals=tuple(
            bodies.Approval(approver=each.approver, at=each.at, how=str(each.how), percent=each.percent, mac=each.mac)
            for each in cart.approvals
        ),
        note=cart.note,
        catalogue_cursor=catalogue_cursor,
        quote=cart.quote,
        **_details(cart.details),
    )


def customer_body(stamp: Stamp, new: NewCustomer) -> bodies.CustomerBody:
    return bodies.CustomerBody(
        **_head(stamp),
        company=new.company.strip(),
        contact=new.contact.strip(),
        email=new.email.strip(),
        phone=new.phone.strip(),
        billing=_address(new.billing),
        shipping=_address(new.shipping),
        price_list=new.price_list,
        payment_terms=new.payment_terms.strip(),
        assigned_to=new.rep.strip(),
        note=new.note,
    )


def barcode_body(stamp: Stamp, code: str, sku: str, unit: str) -> bodies.BarcodeBody:
    return bodies.BarcodeBody(**_head(stamp), code=code, sku=sku, unit=unit)


def wishlist_body(
    stamp: Stamp, customer: Customer, added: tuple[str, ...], removed: tuple[str, ...]
) -> bodies.WishlistBody:
    return bodies.WishlistBody(**_head(stamp), customer=_party(customer), added=added, removed=removed)


def cancellation_body(stamp: Stamp, of: str, reason: str) -> bodies.CancellationBody:
    return bodies.CancellationBody(**_head(stamp), of=of, reason=reason.strip())


def _head(stamp: Stamp) -> dict[str, Any]:
    return {
        "version": bodies.BODY_VERSION,
        "id": stamp.document.id,
        "revision": stamp.document.revision,
        "kind": str(stamp.kind),
        "number": stamp.number,
        "rep": stamp.rep,
        "installation": stamp.installation,
        "submitted_at": stamp.submitted_at,
        "business_date": stamp.business_date,
        "utc_offset_minutes": stamp.utc_offset_minutes,
    }


def _order_line(place: int, line: Line, figures: LineTotal, all_: Totals) -> bodies.OrderLine:
    if line.price is None:
        raise ValueError(f"{line.sku} has no price, so it cannot be ordered.")
    return bodies.OrderLine(
        line=place,
        sku=line.sku,
        name=line.name,
        unit=line.unit.code,
        count=line.count,
        quantity=line.quantity,
        unit_price=line.price.amount,
        price_reason=_reason(line.price, line.instead_of),
        gross=all_.currency.round(figures.gross),
        net=all_.currency.round(figures.net),
        cart_discount=figures.cart_discount,
        discount=_discount(line.discount, figures.discount),
        gtin=line.gtin,
        note=line.note,
        deliver_on=line.deliver_on,
        promotions=tuple(
            bodies.PromotionTaken(id=each.promotion, name=each.name, amount=each.amount) for each in figures.promotions
        ),
        tax_code=line.tax_code,
        not_discountable=not line.discountable,
        options=tuple(
            bodies.LineOption(modifier=each.modifier, option=each.option, surcharge=each.surcharge)
            for each in line.options
        ),
        lot=_lot(line.lot) if line.lot != NO_LOT else None,
    )


def _lot(lot: Lot) -> bodies.Lot:
    return bodies.Lot(batch=lot.batch, serial=lot.serial, expiry=lot.expiry, unverified=lot.unverified)


def _details(details: Details) -> dict[str, Any]:
    return {
        "payment_method": details.payment_method,
        "delivery": _address(details.delivery) if details.delivery else None,
        "deliver_from": details.deliver_from,
        "deliver_to": details.deliver_to,
        "contact": details.contact,
        "sold_by": details.rep,
        "po_number": details.po_number,
        "valid_until": details.valid_until,
        "signature": _signature(details.signature) if details.signature else None,
    }


def _signature(signature: Signature) -> bodies.Signature:
    return bodies.Signature(
        at=signature.at,
        name=signature.name,
        strokes=tuple(tuple((dot.x, dot.y, dot.at) for dot in stroke) for stroke in signature.strokes),
        width=signature.width,
        height=signature.height,
    )


def _discount(discount: LineDiscount | None, amount: Decimal) -> bodies.Discount | None:
    if discount is None:
        return None
    return bodies.Discount(off=str(discount.off), value=discount.value, amount=amount)


def _tax(tax: TaxTotal) -> bodies.Tax:
    return bodies.Tax(
        code=tax.rate.code, rate=tax.rate.rate, base=tax.base, amount=tax.amount, inclusive=tax.rate.inclusive
    )


def _reason(price: Price, instead_of: Price | None) -> bodies.PriceReason:
    return bodies.PriceReason(
        source=str(price.source),
        entry=price.entry,
        price_list=price.price_list,
        min_quantity=price.min_quantity,
        valid_from=price.valid_from,
        valid_to=price.valid_to,
        typed_at=price.typed_at,
        instead_of=instead_of.amount if instead_of is not None else None,
    )


def _party(customer: Customer) -> bodies.Party:
    contact = next(iter(customer.contacts), trade.Contact(""))
    return bodies.Party(
        id=customer.id,
        name=customer.name,
        number=customer.number,
        contact=contact.name,
        email=contact.email,
        billing=_address(customer.billing),
        shipping=_address(customer.ship_to),
    )


def _address(address: trade.Address) -> bodies.Address:
    return bodies.Address(line=address.line, city=address.city, postcode=address.postcode, country=address.country)
