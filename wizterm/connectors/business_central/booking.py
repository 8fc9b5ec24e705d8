"""An order or a quote in Business Central: found by our key, made once, and whole when its last line is there."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

from wizterm.connectors.base import Done, Missing, Outcome, Outgoing, Refused, Unknown
from wizterm.connectors.business_central.answers import Objection, Row
from wizterm.connectors.business_central.calls import Calls, text
from wizterm.connectors.business_central.completing import ChangedThere, complete, is_all_there
from wizterm.connectors.business_central.sale_lines import agreed
from wizterm.connectors.business_central.sales import (
    ORDERS,
    QUOTES,
    Plan,
    Sort,
    is_draft,
    is_last,
    plan,
    reference,
    sort_of,
)
from wizterm.connectors.business_central.underway import Underway
from wizterm.connectors.faults import Fault, Lost, NotDone, Said
from wizterm.connectors.http import SOON
from wizterm.protocol.bodies import OrderBody

PAPERS = ("salesShipments", "salesInvoices")
"""What is left of an order that was posted: both bear its number and ours."""

AT_WORK = "Business Central may still be at work on it: an answer was lost, or another worker sends it."
CHANGED = "It was changed in Business Central before all of it was there: compare the two."


class Booking:
    """One document's order or quote."""

    def __init__(self, calls: Calls, underway: Underway, document: Outgoing, body: OrderBody) -> None:
        self._calls = calls
        self._underway = underway
        self._document = document
        self._body = body
        self._sort = sort_of(document)
        self._name = reference(document)

    def find(self) -> Done | Missing:
        """Missing also where it is not whole: sending it again brings it on. Raises `NotDone`."""
        row = self._there()
        if row and self._is_whole(row):
            return self._done(row)
        if row is None and (number := self._moved_on()):
            return Done(number)
        if row is None and (left := self._underway.left(self._name)):
            raise NotDone(AT_WORK, left)
        return Missing()

    def send(self) -> Outcome:
        """Raises a `Fault` only while Business Central certainly has none."""
        if not self._underway.begin(self._name):
            row = self._there()
            return self._done(row) if row and self._is_whole(row) else Unknown(AT_WORK)
        try:
            outcome = self._send()
        except Lost as lost:
            self._underway.lose(self._name)
            return Unknown(str(lost))
        except Fault:
            self._underway.end(self._name)
            raise
        self._underway.end(self._name)
        if not isinstance(outcome, Unknown):
            self._underway.forget(self._name)
        return outcome

    def _send(self) -> Outcome:
        row = self._there()
        if row and self._is_whole(row):
            return self._done(row)
        planned = plan(self._calls, self._document, self._body)
        if self._underway.lost_left(self._name) and not (row and is_all_there(self._sort, planned, row)):
            return Unknown(AT_WORK)
        return self._bring_on(row, planned)

    def _bring_on(self, row: Row | None, planned: Plan) -> Outcome:
        """Raises `Lost` where something may still be under way, else a `Fault` where there is nothing."""
        there = row or self._create(planned)
        try:
            return self._done(complete(self._calls, self._sort, planned, str(there["id"])))
        except ChangedThere:
            return Done(_number(there), CHANGED)
        except Said as said:
            if _is_passing(said):
                return Unknown(str(said))
            if row is not None:
                return Refused(f"{said} {_number(row)} lies in Business Central and is not whole: delete it there.")
            self._withdraw()
            return Refused(str(said))
        except NotDone as fault:
            return Unknown(str(fault))

    def _create(self, planned: Plan) -> Row:
        try:
            return self._calls.create(self._sort.entity, planned.head | {self._sort.lines: planned.lines})
        except Said as said:
            self._withdraw()
            if _is_passing(said):
                raise NotDone(str(said), SOON) from said
            raise

    def _withdraw(self) -> None:
        """What this errand made and was refused must not lie there as if it waited."""
        row = self._there()
        if row is not None:
            with suppress(Said, NotDone):
                self._calls.remove(f"{self._sort.entity}({row['id']})", str(row["@odata.etag"]))

    def _there(self) -> Row | None:
        found = by_reference(self._calls, self._sort, f"externalDocumentNumber eq {text(self._name)}")
        return next((row for row in found if row["externalDocumentNumber"] == self._name), None)

    def _moved_on(self) -> str:
        """Number of what it became there: an order of a quote, papers of an order."""
        for entity in (ORDERS.entity, *PAPERS) if self._sort is QUOTES else PAPERS:
            found = self._calls.find(entity, f"externalDocumentNumber eq {text(self._name)}")
            for row in found:
                if row.get("externalDocumentNumber") == self._name:
                    return str(row.get("orderNumber") or row["number"])
        return ""

    def _is_whole(self, row: Row) -> bool:
        """Or beyond what may be touched: people there have gone on with it."""
        return not is_draft(row) or any(is_last(self._document, line) for line in row[self._sort.lines])

    def _done(self, row: Row) -> Done:
        inclusive = any(tax.inclusive for tax in self._body.taxes)
        found = Decimal(str(row["totalAmountIncludingTax" if inclusive else "totalAmountExcludingTax"]))
        wanted = agreed(self._body)
        if found == wanted:
            return Done(_number(row))
        what = "with tax" if inclusive else "before tax"
        return Done(_number(row), f"Business Central comes to {found} {what}, where {wanted} was agreed.")


def by_reference(calls: Calls, sort: Sort, condition: str) -> list[Row]:
    """With their lines. The first made comes first, should there be several."""
    return sorted(calls.find(sort.entity, condition, expand=sort.lines), key=_number)


def _is_passing(said: Said) -> bool:
    """Where only somebody else was at it that moment, it is no refusal of the document."""
    return isinstance(said, Objection) and said.is_stale


def _number(row: Row) -> str:
    return str(row["number"])
