"""Customers as Zoho's contacts. Theirs is the id Zoho gives: names change, and nothing else of theirs is sure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wizterm.connectors.base import UNKNOWN_CUSTOMER, Done, Missing, Outcome, Outgoing, Refused
from wizterm.connectors.faults import Fault, Lost, Said, Unknown
from wizterm.connectors.zoho.addresses import place
from wizterm.connectors.zoho.answers import Refusal, Row
from wizterm.connectors.zoho.calls import Calls
from wizterm.connectors.zoho.flavours import Flavour
from wizterm.domain.text import plain
from wizterm.protocol.bodies import CustomerBody

LIST_PREFIX = "PB"
"""A price list of Zoho's is called by this and its number there: names need not be unique."""
NAME_TAKEN = 3062
TAKEN = "already exist"
_DAYS = re.compile(r"(?:net )?(\d{1,3})(?: days)?", re.IGNORECASE)


def contact_of(calls: Calls, document: Outgoing) -> Row:
    """Whom an order is for: by Zoho's id, or by exactly this name where the office has mapped one; raises `Unknown`."""
    said = document.customer_external
    found = _by_id(calls, said) if said.isascii() and said.isdecimal() else _by_name(calls, said)
    if found is None:
        what = f"no customer {plain(said)}" if said else "no number for this customer"
        raise Unknown(f"Zoho has {what}: map the customer, or mend it there.", "customer.number", UNKNOWN_CUSTOMER)
    return found


def find_contact(calls: Calls, document: Outgoing) -> Done | Missing:
    """By the key, which stands in its notes: Zoho looks for words there, and shows the notes one by one."""
    found = (str(row["contact_id"]) for row in calls.rows("contacts", search_text=document.key))
    return next((Done(contact) for contact in found if _is_ours(calls, contact, document)), Missing())


def create_contact(calls: Calls, flavour: Flavour, document: Outgoing, body: CustomerBody) -> Outcome:
    """Raises a `Fault`; a name that another customer bears is for a person to decide about."""
    try:
        made = calls.post("contacts", _values(flavour, document, body))
    except Refusal as said:
        if said.number != NAME_TAKEN and TAKEN not in str(said).lower():
            raise
        try:
            return _whose(calls, document, plain(body.company)) or Refused(str(said), "company")
        except Fault as fault:
            raise Lost(str(fault)) from fault
    contact = made.get("contact")
    if not isinstance(contact, dict) or "contact_id" not in contact:
        raise Lost("Zoho does not say which contact it made.")
    return Done(str(contact["contact_id"]))


def _whose(calls: Calls, document: Outgoing, name: str) -> Done | None:
    """Ours, where an answer was lost; None where it is another's. Raises `Lost` where a list is behind."""
    found = calls.rows("contacts", contact_name=name[:100], filter_by="Status.All")
    holders = [str(row["contact_id"]) for row in found if _is(row, name)]
    if not holders:
        raise Lost(f"Zoho says that there is a contact {name}, and does not show it.")
    return next((Done(contact) for contact in holders if _is_ours(calls, contact, document)), None)


def _is_ours(calls: Calls, contact: str, document: Outgoing) -> bool:
    return document.key in str(_whole(calls, contact).get("notes") or "")


def _is(row: Row, name: str) -> bool:
    """Whatever Zoho makes of capitals."""
    return str(row.get("contact_name") or "").casefold() == name.casefold()


def _by_id(calls: Calls, contact: str) -> Row | None:
    try:
        return _whole(calls, contact)
    except Said:
        return None


def _by_name(calls: Calls, name: str) -> Row | None:
    if not name:
        return None
    wanted = (row for row in calls.rows("contacts", contact_name=name[:100]) if row.get("contact_name") == name)
    return next((row for row in wanted if row.get("contact_type", "customer") == "customer"), None)


def _whole(calls: Calls, contact: str) -> Row:
    said = calls.get(f"contacts/{contact}").get("contact")
    return said if isinstance(said, dict) else {}


def _values(flavour: Flavour, document: Outgoing, body: CustomerBody) -> Row:
    shipping = place(body.shipping)
    values: Row = {
        "contact_name": plain(body.company),
        "company_name": plain(body.company),
        "contact_type": "customer",
        "billing_address": place(body.billing),
        "shipping_address": shipping if any(shipping.values()) else place(body.billing),
        "notes": "\n".join(_notes(document, body)),
    }
    if person := {name: plain(text) for name, text in _person(body).items() if text}:
        values["contact_persons"] = [person | {"is_primary_contact": True}]
    if days := _DAYS.fullmatch(body.payment_terms.strip()):
        values["payment_terms"] = int(days[1])
    number = body.price_list.removeprefix(LIST_PREFIX)
    if flavour.charges_by_contact and number != body.price_list and number.isdecimal():
        values["pricebook_id"] = number
    return values


def _person(body: CustomerBody) -> dict[str, str]:
    first, _, last = body.contact.strip().rpartition(" ")
    return {"first_name": first, "last_name": last, "email": body.email, "phone": body.phone}


def _notes(document: Outgoing, body: CustomerBody) -> Iterator[str]:
    yield from map(plain, body.note.splitlines())
    if body.payment_terms and not _DAYS.fullmatch(body.payment_terms.strip()):
        yield f"Payment terms: {plain(body.payment_terms)}"
    yield f"{plain(document.number)} {document.key}"
