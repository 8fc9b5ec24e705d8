"""An order or a quote in QuickBooks: made once, found again, and what of it is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from wizterm.connectors.base import Done, Missing, Outcome, Outgoing, Unknown
from wizterm.connectors.quickbooks.answers import Row
from wizterm.connectors.quickbooks.calls import Calls, text
from wizterm.connectors.quickbooks.ground import Ground
from wizterm.connectors.quickbooks.once import create_once
from wizterm.connectors.quickbooks.sale_lines import agreed
from wizterm.connectors.quickbooks.sales import is_marked, mark, numbers, refusal, sale_values
from wizterm.protocol.bodies import OrderBody

Orders = Literal["estimate", "invoice"]
ENTITIES = ("Estimate", "Invoice")


class Booking:
    """One document's estimate or invoice."""

    def __init__(self, calls: Calls, ground: Ground, document: Outgoing, body: OrderBody, orders: Orders) -> None:
        self._calls = calls
        self._ground = ground
        self._document = document
        self._body = body
        self._entity = "Invoice" if document.kind == "order" and orders == "invoice" else "Estimate"

    def find(self) -> Done | Missing:
        row = self._there()
        return self._done(row) if row else Missing()

    def send(self, today: date) -> Outcome:
        """Raises a `Fault`."""
        if refused := refusal(self._ground, self._body):
            return refused
        values = sale_values(self._calls, self._ground, self._document, self._body, self._entity)
        names = numbers(self._document) if self._ground.own_numbers else ()
        row = create_once(
            self._calls,
            self._entity,
            [values | {"DocNumber": number} for number in names] or [values],
            request=mark(self._document),
            there=self._there,
            today=today,
        )
        if not is_marked(row, mark(self._document)):
            return Unknown("QuickBooks answered with a document that is not this one.")
        return self._done(row)

    def _there(self) -> Row | None:
        """By its numbers where it bears one of ours, else among all of its day; what the orders become may change."""
        if self._ground.own_numbers:
            which = f"DocNumber in ({', '.join(map(text, numbers(self._document)))})"
        else:
            which = f"TxnDate = {text(self._body.business_date.isoformat())}"
        for entity in sorted(ENTITIES, key=lambda each: each != self._entity):
            for row in self._calls.all(entity, which):
                if is_marked(row, mark(self._document)):
                    return row
        return None

    def _done(self, row: Row) -> Done:
        wanted, found = agreed(self._body), before_tax(row)
        if found == wanted:
            return Done(called(row))
        return Done(called(row), f"QuickBooks comes to {found} before tax, where {wanted} was agreed.")


def called(row: Row) -> str:
    """What its people call it; what has no number is called by its id."""
    return str(row.get("DocNumber") or f"#{row['Id']}")


def before_tax(row: Row) -> Decimal:
    tax = (row.get("TxnTaxDetail") or {}).get("TotalTax", 0)
    return Decimal(str(row.get("TotalAmt", 0))) - Decimal(str(tax))
