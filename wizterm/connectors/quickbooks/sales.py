"""An order or a quote as the values of an estimate or invoice: whose it is, where it goes, and what is said beside."""

from __future__ import annotations

from collections.abc import Iterator

from wizterm.connectors.base import Outgoing, Refused
from wizterm.connectors.faults import Unknown
from wizterm.connectors.quickbooks.answers import Row
from wizterm.connectors.quickbooks.calls import Calls
from wizterm.connectors.quickbooks.ground import Ground
from wizterm.connectors.quickbooks.parties import customer_of, postal
from wizterm.connectors.quickbooks.sale_lines import sale_lines
from wizterm.domain.document import LONGEST_NUMBER
from wizterm.domain.text import plain
from wizterm.protocol.bodies import OrderBody

LONGEST_NOTE = 4000
LONGEST_MEMO = 1000


def mark(document: Outgoing) -> str:
    """What the private note says to find it by. A later revision is another document: the one before was refused."""
    return document.key if document.revision == 1 else f"{document.key}-{document.revision}"


def is_marked(row: Row, wanted: str) -> bool:
    """The whole word: voiding puts words before the note, and people add theirs."""
    return wanted in str(row.get("PrivateNote", "")).split()


def numbers(document: Outgoing) -> tuple[str, str]:
    """Ours, and what it is called where another document bears that."""
    return plain(document.number)[:LONGEST_NUMBER], document.key[-LONGEST_NUMBER:]


def refusal(ground: Ground, body: OrderBody) -> Refused | None:
    """What QuickBooks would take and misread."""
    if any(tax.inclusive for tax in body.taxes):
        words = "The prices include tax, which the connector for QuickBooks cannot say: enter it there by hand."
        return Refused(words, "taxes")
    if body.currency != ground.currency and not ground.currencies:
        return Refused(f"The company's QuickBooks has the currency {ground.currency} alone.", "currency")
    return None


def sale_values(calls: Calls, ground: Ground, document: Outgoing, body: OrderBody, entity: str) -> Row:
    """All but the number. Raises a `Fault`; `Unknown` where QuickBooks lacks what the document names."""
    values: Row = {
        "CustomerRef": {"value": customer_of(calls, document)},
        "TxnDate": body.business_date.isoformat(),
        "PrivateNote": "\n".join(_note(document, body))[:LONGEST_NOTE],
        "Line": _numbered(list(sale_lines(calls, ground, document, body))),
    }
    if memo := "\n".join(map(plain, body.note.splitlines())):
        values["CustomerMemo"] = {"value": memo[:LONGEST_MEMO]}
    if ground.currencies:
        values["CurrencyRef"] = {"value": body.currency}
    if ground.taxed and not ground.american:
        values["GlobalTaxCalculation"] = "TaxExcluded"
    if body.delivery is not None:
        values["ShipAddr"] = postal(body.delivery)
    if body.deliver_from is not None:
        values["ShipDate"] = max(body.deliver_from, body.business_date).isoformat()
    return values | (_of_estimate(document, body) if entity == "Estimate" else {})


def _of_estimate(document: Outgoing, body: OrderBody) -> Row:
    values: Row = {"TxnStatus": "Pending" if document.kind == "quote" else "Accepted"}
    if body.valid_until is not None:
        values["ExpirationDate"] = body.valid_until.isoformat()
    return values


def _numbered(lines: list[Row]) -> list[Row]:
    if not lines:
        raise Unknown("QuickBooks takes no document without a line.", "lines", "")
    return [line | {"LineNum": place} for place, line in enumerate(lines, start=1)]


def _note(document: Outgoing, body: OrderBody) -> Iterator[str]:
    """The mark first: whatever is cut off, it stays."""
    yield mark(document)
    yield f"WizTerm {plain(document.number)}, sold by {plain(body.sold_by or document.rep)}"
    if body.po_number:
        yield f"Customer's number: {plain(body.po_number)}"
    if body.contact:
        yield f"Ordered by: {plain(body.contact)}"
    if body.payment_method:
        yield f"Payment: {plain(body.payment_method)}"
    days = (("from", body.deliver_from), ("to", body.deliver_to))
    if window := " ".join(f"{word} {day.isoformat()}" for word, day in days if day):
        yield f"Delivery: {window}"
    if len(body.note) > LONGEST_MEMO:
        yield f"Note: {plain(body.note)}"
