"""Bodies in which every field says something."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from wizterm.protocol.bodies import (
    BODY_VERSION,
    Address,
    Approval,
    BarcodeBody,
    Body,
    CancellationBody,
    CustomerBody,
    Discount,
    Fee,
    LineOption,
    Lot,
    OrderBody,
    OrderLine,
    Party,
    PriceReason,
    PromotionTaken,
    Signature,
    Tax,
    WishlistBody,
)

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 3, 2)
SHOP = Address(line="14 Stonegate", city="York", postcode="YO1 8AS", country="GB")


def head(kind: str, last: int) -> dict[str, Any]:
    return {
        "version": BODY_VERSION,
        "id": f"01a20000-0000-7000-8000-{last:012d}",
        "revision": 1,
        "kind": kind,
        "number": f"KIM-11-{last:04d}",
        "rep": "KIM",
        "installation": "11",
        "submitted_at": AT,
        "business_date": DAY,
        "utc_offset_minutes": 60,
    }


LINE = OrderLine(
    line=1,
    sku="MUG",
    name="Mug, “blue”",
    unit="box",
    count=Decimal(2),
    quantity=Decimal(24),
    unit_price=Decimal("4.50"),
    price_reason=PriceReason(
        source="typed",
        entry="TRADE|MUG|12",
        price_list="TRADE",
        min_quantity=Decimal(12),
        valid_from=DAY,
        valid_to=DAY,
        typed_at=AT,
        instead_of=Decimal("4.75"),
    ),
    gross=Decimal("108.00"),
    net=Decimal("97.20"),
    cart_discount=Decimal("1.20"),
    discount=Discount(off="percent", value=Decimal(10), amount=Decimal("10.80"), reason="spring"),
    gtin="04012345678901",
    note="with care",
    promotions=(PromotionTaken(id="P1", name="Spring", amount=Decimal("0.50")),),
    tax_code="S",
    not_discountable=True,
    lot=Lot(batch="B7", serial="1", expiry=DAY, unverified=True),
    deliver_on=DAY,
    options=(LineOption(modifier="GLAZE", option="matt", surcharge=Decimal("0.25")),),
)
WHOLE: dict[str, Any] = {
    "customer": Party(
        id="C1", name="Corner Shop", number="C1", contact="Amy", email="amy@shop.example", billing=SHOP, shipping=SHOP
    ),
    "currency": "GBP",
    "price_list": "TRADE",
    "lines": (LINE,),
    "subtotal": Decimal("96.00"),
    "total": Decimal("120.20"),
    "discounts": (Discount(off="amount", value=Decimal("1.20"), amount=Decimal("1.20"), reason="loyal"),),
    "fees": (Fee(code="PALLET", name="Pallet", off="amount", value=Decimal(5), amount=Decimal(5), tax_code="S"),),
    "taxes": (Tax(code="S", rate=Decimal(20), base=Decimal("96.00"), amount=Decimal("19.20"), inclusive=False),),
    "approvals": (Approval(approver="BOSS", at=AT, how="pin", percent=Decimal(15), mac="ab" * 32),),
    "note": "ring twice",
    "valid_until": DAY,
    "catalogue_cursor": "c1",
    "payment_method": "on account",
    "delivery": SHOP,
    "deliver_from": DAY,
    "deliver_to": DAY,
    "contact": "Bo",
    "sold_by": "LEE",
    "po_number": "PO 7",
    "signature": Signature(at=AT, name="Amy", strokes=(((1, 2, 0), (3, 4, 16)),), width=120, height=40),
}
BODIES: dict[str, Body] = {
    "order": OrderBody(**head("order", 1), **WHOLE, quote="01a20000-0000-7000-8000-000000000002"),
    "quote": OrderBody(**head("quote", 2), **WHOLE),
    "customer": CustomerBody(
        **head("customer", 3),
        company="Bergmann & Töchter",
        contact="Amy",
        email="amy@shop.example",
        phone="+44 1904 1",
        billing=SHOP,
        shipping=SHOP,
        price_list="TRADE",
        payment_terms="30 days",
        note="opens at ten",
        assigned_to="LEE",
    ),
    "cancellation": CancellationBody(
        **head("cancellation", 4), of="01a20000-0000-7000-8000-000000000001", reason="twice"
    ),
    "wishlist": WishlistBody(**head("wishlist", 6), customer=WHOLE["customer"], added=("MUG",), removed=("TRAY",)),
    "barcode": BarcodeBody(**head("barcode", 5), code="04012345678901", sku="MUG", unit="box"),
}
