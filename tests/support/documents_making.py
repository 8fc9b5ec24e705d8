"""Documents as a device freezes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from wizterm.domain.ids import uuid7
from wizterm.protocol import bodies
from wizterm.protocol.bodies import (
    BarcodeBody,
    Body,
    CancellationBody,
    CustomerBody,
    OrderBody,
    OrderLine,
    Party,
    PriceReason,
)
from wizterm.protocol.documents import Batch, Envelope, fingerprint
from wizterm.protocol.handover import CartLabel, HandOver
from wizterm.protocol.session import Session

_counters = count(1)


def enveloped(body: Body) -> Envelope:
    text = bodies.encode(body)
    return Envelope(id=body.id, revision=body.revision, kind=body.kind, sha256=fingerprint(text), body=text)


def batch(*documents: Body | Envelope) -> Batch:
    return Batch(documents=tuple(d if isinstance(d, Envelope) else enveloped(d) for d in documents))


def line(number: int, sku: str = "MUG", quantity: int = 2, price: str = "4.50", source: str = "list") -> OrderLine:
    amount = quantity * Decimal(price)
    return OrderLine(
        line=number,
        sku=sku,
        name=f"A {sku.lower()}",
        unit="each",
        count=Decimal(quantity),
        quantity=Decimal(quantity),
        unit_price=Decimal(price),
        price_reason=PriceReason(source=source, price_list="TRADE"),
        gross=amount,
        net=amount,
    )


def order(session: Session, customer: str, *lines: OrderLine, **other: object) -> OrderBody:
    lines = lines or (line(1),)
    total = sum((each.net - each.cart_discount for each in lines), Decimal(0))
    values = head(session, "order") | {
        "customer": Party(id=customer, name=f"Customer {customer[:8]}"),
        "currency": "GBP",
        "price_list": "TRADE",
        "lines": lines,
        "subtotal": total,
        "total": total,
    }
    return OrderBody(**values | other)


def new_customer(session: Session, company: str = "Corner Shop", **other: object) -> CustomerBody:
    return CustomerBody(**head(session, "customer") | {"company": company, "price_list": "TRADE"} | other)


def cancellation(session: Session, of: str, **other: object) -> CancellationBody:
    return CancellationBody(**head(session, "cancellation") | {"of": of} | other)


def code(session: Session, text: str, sku: str, **other: object) -> BarcodeBody:
    """That a product bears this code."""
    return BarcodeBody(**head(session, "barcode") | {"code": text, "sku": sku} | other)


def head(session: Session, kind: str) -> dict:
    return {
        "version": 1,
        "id": uuid7(),
        "revision": 1,
        "kind": kind,
        "number": f"{session.rep}-{session.installation}-{next(_counters):04d}",
        "rep": session.rep,
        "installation": session.installation,
        "submitted_at": datetime.now(UTC),
        "business_date": date.today(),  # noqa: DTZ011 - the rep's own calendar day
        "utc_offset_minutes": 0,
    }


def handed_over(name: str = "", *, body: str = '{"version":1}', id_: str = "") -> HandOver:
    """A cart on its way to another device, as far as a server looks at it."""
    label = CartLabel(cart=uuid7(), currency="GBP", lines=2, total=Decimal("9.30"), name=name)
    return HandOver(id=id_ or uuid7(), label=label, sha256=fingerprint(body), body=body)
