"""Customers and their addresses as Business Central has them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from wizterm.connectors.base import UNKNOWN_CUSTOMER, Done, Missing, Outgoing
from wizterm.connectors.business_central.answers import TAKEN, Objection, Row
from wizterm.connectors.business_central.calls import Calls, text
from wizterm.connectors.business_central.goods import LONGEST_CODE
from wizterm.connectors.faults import Unknown
from wizterm.domain.text import plain
from wizterm.protocol.bodies import Address, CustomerBody

LONGEST_LINE = 100


def customer_of(calls: Calls, document: Outgoing) -> str:
    """Number of whom an order is for; raises `Unknown`."""
    number = document.customer_external
    row = _numbered(calls, number) if 0 < len(number) <= LONGEST_CODE else None
    if row is None:
        what = f"no customer {plain(number)}" if number else "no number for this customer"
        words = f"Business Central has {what}: map the customer, or mend it there."
        raise Unknown(words, "customer.number", UNKNOWN_CUSTOMER)
    return str(row["number"])


def find_customer(calls: Calls, document: Outgoing, body: CustomerBody) -> Done | Missing:
    """By its numbers; whoever bears ours under another name is somebody else's."""
    for number in _numbers(document):
        row = _numbered(calls, number)
        if row and (number == _end_of_key(document) or _is_called(row, plain(body.company))):
            return Done(str(row["number"]))
    return Missing()


def create_customer(calls: Calls, document: Outgoing, body: CustomerBody) -> Done:
    """Business Central refuses a second one with a number, so that the same document makes one however often."""
    values = _values(calls, body)
    for number in _numbers(document):
        try:
            return Done(str(calls.create("customers", {"number": number, **values})["number"]))
        except Objection as objection:
            if objection.code != TAKEN:
                raise
            if isinstance(found := find_customer(calls, document, body), Done):
                return found
            taken = objection
    raise taken


def ship_to(calls: Calls, address: Address) -> Row:
    place = _place(calls, address)
    return {f"shipTo{name[0].upper()}{name[1:]}": said for name, said in place.items()}


def _numbers(document: Outgoing) -> Iterator[str]:
    """Ours, where it fits; and the end of the key, which nobody else can bear: ours may come from an earlier store."""
    ours = plain(document.number).strip().upper()
    if 0 < len(ours) <= LONGEST_CODE:
        yield ours
    yield _end_of_key(document)


def _end_of_key(document: Outgoing) -> str:
    return document.key[-LONGEST_CODE:]


def _is_called(row: Row, name: str) -> bool:
    return str(row.get("displayName") or "").strip().casefold() == name.strip().casefold()


def _values(calls: Calls, body: CustomerBody) -> Row:
    place = _place(calls, body.billing)
    if "postCode" in place:  # a customer's field has another name than a document's
        place["postalCode"] = place.pop("postCode")
    values: Row = {
        "displayName": plain(body.company),
        "type": "Company",
        **place,
        "phoneNumber": plain(body.phone),
        "email": plain(body.email),
        "paymentTermsId": _named(calls, "paymentTerms", body.payment_terms).get("id"),
    }
    return {name: said for name, said in values.items() if said}


def _place(calls: Calls, address: Address) -> Row:
    """What does not fit Business Central refuses in its own words: nothing is cut off here."""
    first, rest = _street(address.line)
    country = str(_named(calls, "countriesRegions", address.country).get("code", ""))
    if address.country and not country:
        rest = ", ".join(part for part in (rest, plain(address.country)) if part)
    place = {
        "addressLine1": first,
        "addressLine2": rest,
        "city": plain(address.city),
        "postCode": plain(address.postcode),
        "country": country,
    }
    return {name: said for name, said in place.items() if said}


def _street(said: str) -> tuple[str, str]:
    """The first line, and all others as a second."""
    lines = [plain(line) for line in said.splitlines() if line.strip()]
    if len(lines) == 1 and len(lines[0]) > LONGEST_LINE:
        lines = textwrap.wrap(lines[0], LONGEST_LINE)
    return (lines[0], ", ".join(lines[1:])) if lines else ("", "")


def _numbered(calls: Calls, number: str) -> Row | None:
    for row in calls.find("customers", f"number eq {text(number)}", select="number,displayName"):
        if str(row["number"]).upper() == number.upper():
            return row
    return None


def _named(calls: Calls, entity: str, said: str) -> Row:
    """The one with this code or name; empty where there is none. There are few, and names compare as people write."""
    wanted = said.strip().casefold()
    if not wanted:
        return {}
    for row in calls.find(entity, select="id,code,displayName"):
        if wanted in {str(row.get(name, "")).strip().casefold() for name in ("code", "displayName")}:
            return row
    return {}
