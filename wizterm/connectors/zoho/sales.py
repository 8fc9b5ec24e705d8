"""An order or a quote as the values of a sales order or estimate: whose it is, where it goes, what is said beside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wizterm.connectors.base import Outgoing
from wizterm.connectors.faults import Unknown
from wizterm.connectors.zoho.addresses import address_id, in_words
from wizterm.connectors.zoho.answers import Row
from wizterm.connectors.zoho.contacts import contact_of
from wizterm.connectors.zoho.errand import Errand
from wizterm.connectors.zoho.flavours import Paper
from wizterm.connectors.zoho.sale_lines import sale_lines
from wizterm.domain.text import plain
from wizterm.protocol.bodies import OrderBody


def reference(document: Outgoing) -> str:
    """What it is found again by. A later revision is another sale: the one before it was refused."""
    return _revised(document.key, document)


def number(document: Outgoing) -> str:
    """What people call it, here and there; Zoho takes no second one with it."""
    return _revised(plain(document.number), document)


def sale_values(errand: Errand, paper: Paper, body: OrderBody) -> Row:
    """Raises a `Fault`; `Unknown` where Zoho lacks what the document names."""
    calls, document = errand.calls, errand.document
    contact = contact_of(calls, document)
    _check_money(contact, body)
    customer = str(contact["contact_id"])
    head: Row = {
        "customer_id": customer,
        paper.number: number(document),
        "reference_number": reference(document),
        "date": body.business_date.isoformat(),
        "is_inclusive_tax": is_inclusive(body),
        "line_items": list(sale_lines(errand, body)),
    }
    if paper.ship_on and body.deliver_from is not None:
        head[paper.ship_on] = max(body.deliver_from, body.business_date).isoformat()
    if paper.last_day and body.valid_until is not None:
        head[paper.last_day] = body.valid_until.isoformat()
    place = None
    if body.delivery is not None and paper.ship_to:
        place = address_id(calls, errand.flavour, customer, body.delivery)
    if place is not None:
        head[paper.ship_to] = place
    if notes := "\n".join(_notes(body, paper, placed=place is not None)):
        head["notes"] = notes
    return head


def is_inclusive(body: OrderBody) -> bool:
    """Whether the taxes are in the prices."""
    return bool(body.taxes) and all(tax.inclusive for tax in body.taxes)


def _revised(name: str, document: Outgoing) -> str:
    return name if document.revision == 1 else f"{name}-{document.revision}"


def _check_money(contact: Row, body: OrderBody) -> None:
    theirs = contact.get("currency_code")
    if theirs and theirs != body.currency:
        raise Unknown(f"Zoho sells to this customer in {plain(str(theirs))}, not in {body.currency}.", "currency", "")
    if not is_inclusive(body) and any(tax.inclusive for tax in body.taxes):
        raise Unknown("Zoho takes prices with tax or without, and not both in one order.", "taxes", "")


def _notes(body: OrderBody, paper: Paper, *, placed: bool) -> Iterator[str]:
    """What there is no field for, in words."""
    yield from map(plain, body.note.splitlines())
    if body.po_number:
        yield f"Your number: {plain(body.po_number)}"
    if body.contact:
        yield f"Ordered by: {plain(body.contact)}"
    if body.payment_method:
        yield f"Payment: {plain(body.payment_method)}"
    if body.deliver_from or body.deliver_to:
        yield f"Delivery: {_window(body.deliver_from, body.deliver_to)}"
    if body.delivery is not None and not placed:
        yield f"Deliver to: {in_words(body.delivery)}"
    if body.valid_until and not paper.last_day:
        yield f"Valid until: {body.valid_until.isoformat()}"


def _window(first: date | None, last: date | None) -> str:
    parts = (("from", first), ("to", last))
    return " ".join(f"{word} {day.isoformat()}" for word, day in parts if day)
