"""An order or a quote as what is created for it: a head, its lines, and the line that says it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from wizterm.connectors.base import Outgoing
from wizterm.connectors.business_central.answers import Row
from wizterm.connectors.business_central.calls import Calls
from wizterm.connectors.business_central.parties import customer_of, ship_to
from wizterm.connectors.business_central.sale_lines import COMMENT, LONGEST, agreed, comments, sale_lines
from wizterm.connectors.faults import Unknown
from wizterm.domain.text import plain
from wizterm.protocol.bodies import OrderBody


@dataclass(frozen=True, slots=True)
class Sort:
    """What orders and quotes are called there."""

    entity: str
    lines: str


ORDERS = Sort("salesOrders", "salesOrderLines")
QUOTES = Sort("salesQuotes", "salesQuoteLines")


@dataclass(frozen=True, slots=True)
class Plan:
    head: Row
    lines: list[Row]
    last: Row
    """Comes when everything else is there as agreed."""
    agreed: Decimal
    inclusive: bool
    """Whether prices include tax."""


def sort_of(document: Outgoing) -> Sort:
    return QUOTES if document.kind == "quote" else ORDERS


def reference(document: Outgoing) -> str:
    """Their `externalDocumentNumber`. A later revision is another document: the one before was refused."""
    return document.key if document.revision == 1 else f"{document.key}-{document.revision}"


def is_draft(row: Row) -> bool:
    """Whether nobody there has released it, sent it or asked for approval."""
    return row.get("status") == "Draft"


def is_last(document: Outgoing, line: Row) -> bool:
    """By its beginning, for people may write behind it."""
    return line.get("lineType") == COMMENT and str(line.get("description", "")).startswith(_mark(document))


def plan(calls: Calls, document: Outgoing, body: OrderBody) -> Plan:
    """Raises a `Fault`; `Unknown` where Business Central lacks what the document names."""
    inclusive = any(tax.inclusive for tax in body.taxes)
    lines = [*sale_lines(calls, document, body), *comments(_words(document, body))]
    if not lines:
        raise Unknown("Business Central takes no document without a line.", "lines", "")
    sold_by = plain(body.sold_by or document.rep)
    last = f"{_mark(document)} sold by {sold_by}"[:LONGEST].strip()
    return Plan(
        head=_head(calls, document, body, inclusive=inclusive),
        lines=lines,
        last={"lineType": COMMENT, "description": last},
        agreed=agreed(body),
        inclusive=inclusive,
    )


def _mark(document: Outgoing) -> str:
    return f"{plain(document.number).strip()[:60]},"


def _head(calls: Calls, document: Outgoing, body: OrderBody, *, inclusive: bool) -> Row:
    head: Row = {
        "externalDocumentNumber": reference(document),
        "customerNumber": customer_of(calls, document),
        "currencyCode": body.currency,
    }
    day = body.business_date.isoformat()
    if document.kind == "quote":
        head["documentDate"] = day
        if body.valid_until is not None:
            head["validUntilDate"] = body.valid_until.isoformat()
    else:
        head |= {"orderDate": day, "pricesIncludeTax": inclusive}
        if body.deliver_from is not None:
            head["requestedDeliveryDate"] = max(body.deliver_from, body.business_date).isoformat()
    if body.delivery is not None:
        head |= ship_to(calls, body.delivery)
    return head


def _words(document: Outgoing, body: OrderBody) -> Iterator[str]:
    """What a head has no field for."""
    yield from body.note.splitlines()
    if body.po_number:
        yield f"Customer's number: {body.po_number}"
    if body.contact:
        yield f"Ordered by: {body.contact}"
    if body.payment_method:
        yield f"Payment: {body.payment_method}"
    days = (("from", body.deliver_from), ("to", body.deliver_to))
    if (body.deliver_to or document.kind == "quote") and any(day for _, day in days):
        yield "Delivery: " + " ".join(f"{word} {day.isoformat()}" for word, day in days if day)
