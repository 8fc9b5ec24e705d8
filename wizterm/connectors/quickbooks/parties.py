"""Customers in QuickBooks, which has no field for a customer's number: theirs is the id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from wizterm.connectors.base import UNKNOWN_CUSTOMER, Done, Missing, Outgoing
from wizterm.connectors.faults import Unknown
from wizterm.connectors.quickbooks.answers import Row
from wizterm.connectors.quickbooks.calls import Calls, text
from wizterm.connectors.quickbooks.once import create_once
from wizterm.domain.text import plain
from wizterm.protocol.bodies import Address, CustomerBody

LONGEST_NAME = 500
LONGEST_COMPANY = 100
LONGEST_PHONE = 30
LONGEST_NOTES = 2000
STREET_LINES = 5
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_FORBIDDEN = re.compile(r"[:\s]+")
"""In a display name."""
EVER = "Active in (true, false)"
"""Those made inactive too."""


def customer_of(calls: Calls, document: Outgoing) -> str:
    """The id of whom an order is for: by id, else by display name. Raises `Unknown`."""
    called = document.customer_external
    fields = (*(["Id"] if called.isascii() and called.isdecimal() else []), *(["DisplayName"] if called else []))
    for field in fields:
        for row in calls.all("Customer", f"{field} = {text(called)}"):
            if row.get(field) == called:
                return str(row["Id"])
    what = f"no active customer with the id or display name {plain(called)}" if called else "no id of this customer"
    raise Unknown(f"QuickBooks has {what}: map the customer, or mend it there.", "customer.number", UNKNOWN_CUSTOMER)


def find_party(calls: Calls, document: Outgoing, body: CustomerBody) -> Done | Missing:
    row = _there(calls, document, body)
    return Done(str(row["Id"])) if row else Missing()


def create_party(calls: Calls, document: Outgoing, body: CustomerBody, today: date) -> Done:
    """Under the company's name, with our number or the key behind it where somebody bears that already."""
    values = _values(calls, document, body)
    candidates = [values | {"DisplayName": name} for name in _names(document, body)]
    row = create_once(
        calls,
        "Customer",
        candidates,
        request=f"{document.key}-{document.revision}",
        there=lambda: _there(calls, document, body),
        today=today,
    )
    return Done(str(row["Id"]))


def postal(address: Address) -> Row:
    """The lines of a street beyond the last stand in the last."""
    lines = [plain(line) for line in address.line.splitlines() if line.strip()]
    lines = [*lines[: STREET_LINES - 1], ", ".join(lines[STREET_LINES - 1 :])]
    parts = {f"Line{place}": line for place, line in enumerate(lines, start=1)}
    parts |= {"City": plain(address.city), "PostalCode": plain(address.postcode), "Country": plain(address.country)}
    return {name: part for name, part in parts.items() if part}


def _there(calls: Calls, document: Outgoing, body: CustomerBody) -> Row | None:
    """By the key in the notes, among those with a name it may have been given."""
    for row in calls.among("Customer", "DisplayName", _names(document, body), EVER):
        if document.key in str(row.get("Notes", "")).split():
            return row
    return None


def _names(document: Outgoing, body: CustomerBody) -> tuple[str, str, str]:
    company = _name(body.company) or _name(document.number)
    return company, f"{company} ({_name(document.number)})", f"{company} ({document.key})"


def _name(said: str) -> str:
    return plain(_FORBIDDEN.sub(" ", said)).strip()[: LONGEST_NAME - 2 * LONGEST_PHONE]


def _values(calls: Calls, document: Outgoing, body: CustomerBody) -> Row:
    values: Row = {
        "CompanyName": plain(body.company)[:LONGEST_COMPANY],
        "Notes": "\n".join(_notes(document, body))[:LONGEST_NOTES],
        "BillAddr": postal(body.billing),
        "ShipAddr": postal(body.shipping),
    }
    first, _, last = plain(body.contact).strip().rpartition(" ")
    values |= {"GivenName": first[:LONGEST_COMPANY], "FamilyName": last[:LONGEST_COMPANY]}
    if _EMAIL.fullmatch(body.email):
        values["PrimaryEmailAddr"] = {"Address": body.email}
    if body.phone and len(body.phone) <= LONGEST_PHONE:
        values["PrimaryPhone"] = {"FreeFormNumber": plain(body.phone)}
    if body.payment_terms and (term := _term(calls, body.payment_terms)):
        values["SalesTermRef"] = {"value": term}
    return {name: value for name, value in values.items() if value}


def _notes(document: Outgoing, body: CustomerBody) -> Iterator[str]:
    """The key first: whatever is cut off, it stays."""
    yield document.key
    yield f"WizTerm {plain(document.number)}, by {plain(document.rep)}"
    if body.email and not _EMAIL.fullmatch(body.email):
        yield f"E-mail: {plain(body.email)}"
    if len(body.phone) > LONGEST_PHONE:
        yield f"Phone: {plain(body.phone)}"
    yield from map(plain, body.note.splitlines())


def _term(calls: Calls, name: str) -> str:
    return next((str(row["Id"]) for row in calls.all("Term", f"Name = {text(name)}") if row.get("Name") == name), "")
