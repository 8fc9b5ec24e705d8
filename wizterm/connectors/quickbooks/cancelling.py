"""Taking back what was booked: an estimate is rejected, an invoice is void."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from wizterm.connectors.base import Done, Missing, Outcome, Outgoing, Refused
from wizterm.connectors.faults import NotDone
from wizterm.connectors.http import SOON
from wizterm.connectors.quickbooks.answers import Objection, Row
from wizterm.connectors.quickbooks.booking import ENTITIES, called
from wizterm.connectors.quickbooks.calls import Calls, text
from wizterm.connectors.quickbooks.sales import is_marked
from wizterm.domain.document import LONGEST_NUMBER, key
from wizterm.domain.text import plain
from wizterm.protocol.bodies import CancellationBody

TRIES = 3
"""Where people there change it at the same moment."""
UNDER_WAY = {"Closed", "Converted"}
"""Of an estimate that became an invoice."""
VOIDED = "Voided"
"""What QuickBooks puts before the note of an invoice that is void."""


def find_cancelled(calls: Calls, document: Outgoing, body: CancellationBody) -> Done | Missing:
    found = _cancelled_one(calls, document, body)
    return Done(called(found[1])) if found and _is_taken_back(*found) else Missing()


def cancel(calls: Calls, document: Outgoing, body: CancellationBody, today: date) -> Outcome:
    """Raises a `Fault`; cancelling twice is cancelling once."""
    for _ in range(TRIES):
        found = _cancelled_one(calls, document, body)
        if found is None:
            words = f"QuickBooks has no document {plain(document.cancels_external)} of ours to cancel."
            return Refused(words, "of")
        entity, row = found
        if _is_taken_back(entity, row):
            return Done(called(row))
        if _is_under_way(entity, row):
            return Refused(f"{called(row)} is under way in QuickBooks and was not cancelled.", "of")
        try:
            _take_back(calls, entity, row, f"{document.key}.{row['SyncToken']}.{today:%y%m%d}")
        except Objection as objection:
            if not objection.stale:
                raise
        else:
            return Done(called(row))
    raise NotDone("It is being changed in QuickBooks.", SOON)


def _take_back(calls: Calls, entity: str, row: Row, request: str) -> None:
    """By a request of its own for each state it was read in and each day: what was refused then is asked anew."""
    values = {"Id": row["Id"], "SyncToken": row["SyncToken"]}
    if entity == "Invoice":
        calls.write(entity, values, request, operation="void")
    else:
        calls.write(entity, values | {"sparse": True, "TxnStatus": "Rejected"}, request)


def _cancelled_one(calls: Calls, document: Outgoing, body: CancellationBody) -> tuple[str, Row] | None:
    """By the number QuickBooks's people know it by, and the key of the document that is taken back."""
    external, wanted = document.cancels_external, key(body.of)
    if external.startswith("#"):
        which = f"Id = {text(external[1:])}"
    else:
        which = f"DocNumber in ({text(external)}, {text(wanted[-LONGEST_NUMBER:])})"
    for entity in ENTITIES:
        for row in calls.all(entity, which):
            if is_marked(row, wanted) or any(
                word.startswith(f"{wanted}-") for word in str(row.get("PrivateNote", "")).split()
            ):
                return entity, row
    return None


def _is_taken_back(entity: str, row: Row) -> bool:
    if entity == "Estimate":
        return row.get("TxnStatus") == "Rejected"
    return str(row.get("PrivateNote", "")).startswith(VOIDED)


def _is_under_way(entity: str, row: Row) -> bool:
    if entity == "Estimate":
        return row.get("TxnStatus") in UNDER_WAY or bool(row.get("LinkedTxn"))
    return Decimal(str(row.get("Balance", 0))) != Decimal(str(row.get("TotalAmt", 0)))
