"""Taking a sales order or estimate back."""

from __future__ import annotations

from collections.abc import Iterator

from wizterm.connectors.base import Done, Missing, Outcome, Outgoing, Refused
from wizterm.connectors.zoho.answers import Row
from wizterm.connectors.zoho.calls import Calls
from wizterm.connectors.zoho.flavours import Flavour, Paper
from wizterm.domain.document import key
from wizterm.domain.text import plain
from wizterm.protocol.bodies import CancellationBody


def find_cancelled(calls: Calls, flavour: Flavour, document: Outgoing, body: CancellationBody) -> Done | Missing:
    for paper, sale in _meant(calls, flavour, document, body):
        if sale.get("status") == paper.cancelled:
            return Done(str(sale[paper.number]))
    return Missing()


def cancel(calls: Calls, flavour: Flavour, document: Outgoing, body: CancellationBody) -> Outcome:
    """Raises a `Fault`; cancelling twice is cancelling once."""
    found = next(_meant(calls, flavour, document, body), None)
    if found is None:
        return Refused(f"Zoho has no {plain(document.cancels_external)} to cancel.", "of")
    paper, sale = found
    if sale.get("status") != paper.cancelled:
        calls.post(f"{paper.path}/{sale[paper.id]}/status/{paper.cancel}")
    return Done(str(sale[paper.number]))


def _meant(calls: Calls, flavour: Flavour, document: Outgoing, body: CancellationBody) -> Iterator[tuple[Paper, Row]]:
    """By the number Zoho has for it, else by the key of the document that is taken back."""
    wanted = key(body.of)
    asked = [("reference_number", wanted)]
    if document.cancels_external:
        asked.insert(0, ("", document.cancels_external))
    for paper in flavour.papers:
        for field, text in asked:
            name = field or paper.number
            for row in calls.rows(paper.path, **{name: text}):
                if row.get(name) == text and str(row.get("reference_number")).startswith(wanted):
                    yield paper, row
