"""Taking back what was booked: an order or quote that nobody has begun to work on is deleted there."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from wizterm.connectors.base import Done, Missing, Outcome, Outgoing, Refused
from wizterm.connectors.business_central.answers import Objection, Row
from wizterm.connectors.business_central.booking import PAPERS, by_reference
from wizterm.connectors.business_central.calls import Calls, text
from wizterm.connectors.business_central.sales import ORDERS, QUOTES, Sort, is_draft
from wizterm.connectors.faults import NotDone
from wizterm.connectors.http import SOON
from wizterm.domain.document import key
from wizterm.domain.text import plain
from wizterm.protocol.bodies import CancellationBody

TRIES = 3
"""Where people there change it at the same moment."""


def find_cancelled(calls: Calls, document: Outgoing, body: CancellationBody) -> Done | Missing:
    """What is deleted leaves no trace: what was booked once and is in no place any more was taken back."""
    if not document.cancels_external or any(_there(calls, body)) or any(_papers(calls, body)):
        return Missing()
    return Done(document.cancels_external)


def cancel(calls: Calls, document: Outgoing, body: CancellationBody) -> Outcome:
    """Raises a `Fault`; cancelling twice is cancelling once."""
    for _ in range(TRIES):
        found = list(_there(calls, body))
        if not found:
            return _gone(calls, document, body)
        sort, row = found[0]
        if _is_under_way(sort, row) or document.cancels_external not in {"", row["number"]}:
            return _kept(str(row["number"]))
        try:
            calls.remove(f"{sort.entity}({row['id']})", str(row["@odata.etag"]))
        except Objection as objection:
            if not (objection.is_stale or objection.is_gone):
                raise
        else:
            return Done(document.cancels_external)
    raise NotDone("It is being changed in Business Central.", SOON)


def _gone(calls: Calls, document: Outgoing, body: CancellationBody) -> Outcome:
    if number := next(_papers(calls, body), ""):
        return _kept(number)
    if not document.cancels_external:
        return Refused("Business Central has no such document to cancel.", "of")
    return Done(document.cancels_external)


def _kept(number: str) -> Refused:
    return Refused(f"{plain(number)} is under way in Business Central and was not cancelled.", "of")


def _there(calls: Calls, body: CancellationBody) -> Iterator[tuple[Sort, Row]]:
    for sort in (ORDERS, QUOTES):
        for row in by_reference(calls, sort, _condition(body)):
            if _is_of(row, body):
                yield sort, row


def _papers(calls: Calls, body: CancellationBody) -> Iterator[str]:
    for entity in PAPERS:
        for row in calls.find(entity, _condition(body)):
            if _is_of(row, body):
                yield str(row.get("orderNumber") or row["number"])


def _condition(body: CancellationBody) -> str:
    """Whichever revision was booked."""
    return f"startswith(externalDocumentNumber,{text(key(body.of))})"


def _is_of(row: Row, body: CancellationBody) -> bool:
    return str(row.get("externalDocumentNumber", "")).partition("-")[0] == key(body.of)


def _is_under_way(sort: Sort, row: Row) -> bool:
    shipped = (Decimal(str(line.get("shippedQuantity") or 0)) for line in row[sort.lines])
    return not is_draft(row) or any(shipped)
