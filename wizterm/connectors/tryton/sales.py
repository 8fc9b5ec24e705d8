"""An order or a quote as the values of a sale: whose it is, where it goes, and what is said beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from wizterm.connectors.base import Outgoing
from wizterm.connectors.faults import Unknown
from wizterm.connectors.tryton.calls import Calls, Row
from wizterm.connectors.tryton.ground import Ground
from wizterm.connectors.tryton.parties import delivery_address, party_of
from wizterm.connectors.tryton.sale_lines import sale_lines
from wizterm.domain.text import plain
from wizterm.protocol.bodies import OrderBody

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
    return head | {"lines": [["create", list(sale_lines(calls, ground, document, body, head))]]}


def _currency(calls: Calls, body: OrderBody) -> int:
    found = calls.search("currency.currency", [["code", "=", body.currency]], ["code"])
    if not found:
        raise Unknown(f"Tryton has no currency {body.currency}.", "currency", "")
    return int(found[0]["id"])


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
