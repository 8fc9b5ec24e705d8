"""An order or a quote as the values of a sale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from wizterm.connectors.base import UNKNOWN_ITEM, Outgoing
from wizterm.connectors.tryton.amounts import PRICE, priced
from wizterm.connectors.tryton.calls import Calls, Row
from wizterm.connectors.tryton.faults import Unknown
from wizterm.connectors.tryton.ground import Ground
from wizterm.connectors.tryton.parties import delivery_address, party_of
from wizterm.domain.money import currency
from wizterm.domain.text import plain
from wizterm.protocol.bodies import OrderBody, OrderLine

TAKEN_FROM_PARTY = (
    "invoice_address",
    "shipment_address",
    "invoice_party",
    "shipment_party",
    "payment_term",
    "price_list",
    "warehouse",
    "invoice_method",
    "shipment_method",
)
"""What Tryton's own clients fill in when a party is chosen; creating a sale does not."""


def web_id(document: Outgoing) -> str:
    """A later revision is another sale: the one before it was refused."""
    return document.key if document.revision == 1 else f"{document.key}-{document.revision}"


def name(document: Outgoing, ground: Ground) -> str:
    """What people read in the sale's description; where nothing else is unique it bears the key."""
    number = plain(document.number)
    return number if ground.unique else f"{number} {web_id(document)}"


def sale_values(calls: Calls, ground: Ground, document: Outgoing, body: OrderBody) -> Row:
    """Raises a `Fault`; `Unknown` where Tryton lacks what the document names."""
    party = party_of(calls, document)
    head: Row = {"company": calls.company, "party": party, "currency": _currency(calls, body), "lines": []}
    filled = calls.model("sale.sale", "on_change", head, ["party"])
    head |= {key: filled[key] for key in TAKEN_FROM_PARTY if filled.get(key) is not None and key in ground.sale_fields}
    head["currency"] = _currency(calls, body)
    if body.delivery is not None:
        head["shipment_address"] = delivery_address(calls, ground, party, body.delivery)
    if ground.unique:
        head |= {"web_shop": ground.shop, "web_id": web_id(document)}
    head |= {
        "description": name(document, ground),
        "reference": plain(body.po_number or document.number),
        "sale_date": body.business_date,
        "comment": "\n".join(_comment(body)),
    }
    if body.deliver_from is not None:
        head["shipping_date"] = max(body.deliver_from, body.business_date)
    return head | {"lines": [["create", list(_lines(calls, ground, document, body, head))]]}


def _currency(calls: Calls, body: OrderBody) -> int:
    found = calls.search("currency.currency", [["code", "=", body.currency]], ["code"])
    if not found:
        raise Unknown(f"Tryton has no currency {body.currency}.", "currency", "")
    return int(found[0]["id"])


def _lines(calls: Calls, ground: Ground, document: Outgoing, body: OrderBody, head: Row) -> Iterator[Row]:
    codes = [line.sku for line in body.lines] + [fee.code for fee in body.fees]
    products = _products(calls, [document.items.get(code, code) for code in codes])
    sale = {key: head[key] for key in ("company", "party", "currency", "price_list", "sale_date") if head.get(key)}
    filled: dict[int, Row] = {}
    minor = currency(body.currency).unit
    for place, line in enumerate(body.lines):
        product = _product(products, document.items, line.sku, f"lines[{place}].sku", line.name)
        if product not in filled:
            filled[product] = _filled(calls, product, sale)
        for quantity, price in priced(line.quantity, line.net - line.cart_discount, minor):
            yield _goods(product, filled[product], quantity, price) | _said(ground, line)
    for place, fee in enumerate(body.fees):
        product = _product(products, document.items, fee.code, f"fees[{place}].code", fee.name)
        yield _goods(product, _filled(calls, product, sale), Decimal(1), fee.amount)


def _said(ground: Ground, line: OrderLine) -> Row:
    """What stands beside a line's quantity and price."""
    values: Row = {}
    if "base_price" in ground.line_fields:
        values["base_price"] = line.unit_price.quantize(PRICE)
    if note := "\n".join(_note(line)):
        values["note"] = note
    return values


def _goods(product: int, filled: Row, quantity: Decimal, price: Decimal) -> Row:
    taxes = [tax["id"] for _, tax in (filled.get("taxes") or {}).get("add", [])]
    return {
        "type": "line",
        "product": product,
        "unit": filled["unit"],
        "quantity": float(quantity),
        "unit_price": price,
        "taxes": [["add", taxes]],
    }


def _filled(calls: Calls, product: int, sale: Row) -> Row:
    """What Tryton's own clients fill in when a product is chosen: its unit, and the taxes this party pays."""
    chosen = {"type": "line", "product": product, "quantity": 1.0, "company": calls.company, "sale": {"id": -1, **sale}}
    filled: Row = calls.model("sale.line", "on_change", chosen, ["product"])
    return filled


def _products(calls: Calls, codes: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in calls.search("product.product", [["code", "in", sorted(set(codes))]], ["code"]):
        found.setdefault(row["code"], []).append(int(row["id"]))
    return found


def _product(products: Mapping[str, list[int]], items: Mapping[str, str], code: str, field: str, said: str) -> int:
    theirs = items.get(code, code)
    found = products.get(theirs, [])
    if len(found) == 1:
        return found[0]
    many = f"{len(found)} products" if found else "no product"
    words = f"Tryton has {many} with the code {plain(theirs)} ({plain(said)}): map it, or mend it there."
    raise Unknown(words, field, UNKNOWN_ITEM)


def _comment(body: OrderBody) -> Iterator[str]:
    """What a sale has no field for, in words."""
    yield from map(plain, body.note.splitlines())
    if body.contact:
        yield f"Ordered by: {plain(body.contact)}"
    if body.payment_method:
        yield f"Payment: {plain(body.payment_method)}"
    if body.deliver_from or body.deliver_to:
        yield f"Delivery: {_window(body.deliver_from, body.deliver_to)}"
    if body.valid_until:
        yield f"Valid until: {body.valid_until.isoformat()}"


def _window(first: date | None, last: date | None) -> str:
    parts: tuple[Any, ...] = (("from", first), ("to", last))
    return " ".join(f"{word} {day.isoformat()}" for word, day in parts if day)


def _note(line: OrderLine) -> Iterator[str]:
    yield from map(plain, line.note.splitlines())
    for option in line.options:
        yield f"{plain(option.modifier)}: {plain(option.option)}"
    if line.deliver_on:
        yield f"Wanted on: {line.deliver_on.isoformat()}"
    if line.lot and (marks := [each for each in (line.lot.batch, line.lot.serial) if each]):
        yield f"Lot: {plain(' '.join(marks))}"
