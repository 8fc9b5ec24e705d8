"""Customers as Tryton's parties."""

from __future__ import annotations

from collections.abc import Iterator

from wizterm.connectors.base import UNKNOWN_CUSTOMER, Done, Missing, Outgoing
from wizterm.connectors.faults import Said, Unknown
from wizterm.connectors.tryton.calls import Calls, Row
from wizterm.connectors.tryton.ground import Ground
from wizterm.domain.text import plain
from wizterm.protocol.bodies import Address, CustomerBody

LIST_PREFIX = "PL"
"""A price list of Tryton's is called by this and its number there: names need not be unique."""


def party_of(calls: Calls, document: Outgoing) -> int:
    """The party an order is for; raises `Unknown`."""
    code = document.customer_external
    found = calls.search("party.party", [["code", "=", code]], ["code"]) if code else []
    if not found:
        what = f"no party with the code {plain(code)}" if code else "no number for this customer"
        raise Unknown(f"Tryton has {what}: map the customer, or mend it there.", "customer.number", UNKNOWN_CUSTOMER)
    return int(found[0]["id"])


def find_party(calls: Calls, document: Outgoing) -> Done | Missing:
    """By the key, which is one of its identifiers."""
    found = calls.search("party.party", [["identifiers.code", "=", document.key]], ["code"])
    return Done(found[0]["code"]) if found else Missing()


def create_party(calls: Calls, ground: Ground, document: Outgoing, body: CustomerBody) -> Done:
    """Under our number, which no other document bears; under the key, where a party bears the number nevertheless.

    Tryton refuses a second party with one code, so that the same document makes one however often it is sent.
    """
    values = _values(calls, ground, document, body)
    codes = [plain(document.number), document.key]
    for code in codes:
        try:
            calls.create("party.party", values | {"code": code})
        except Said:
            found = find_party(calls, document)
            if isinstance(found, Done):
                return found
            if code == codes[-1] or not calls.search("party.party", [["code", "=", code]], ["code"]):
                raise
        else:
            return Done(code)
    raise AssertionError(codes)


def delivery_address(calls: Calls, ground: Ground, party: int, wanted: Address) -> int:
    """The party's address that reads like this one; added where there is none."""
    place = _place(wanted)
    for row in calls.search("party.address", [["party", "=", party]], list(place)):
        if all((row[field] or "") == said for field, said in place.items()):
            return int(row["id"])
    return calls.create("party.address", {"party": party, **_address(calls, wanted, ("delivery",), ground)})


def _values(calls: Calls, ground: Ground, document: Outgoing, body: CustomerBody) -> Row:
    values: Row = {
        "name": plain(body.company),
        "identifiers": [["create", [{"code": document.key}]]],
        "addresses": [["create", list(_addresses(calls, ground, body))]],
    }
    ways = (("email", body.email), ("phone", body.phone))
    contact = plain(body.contact)
    if mechanisms := [{"type": kind, "value": plain(value), "name": contact} for kind, value in ways if value]:
        values["contact_mechanisms"] = [["create", mechanisms]]
    if term := _named(calls, "account.invoice.payment_term", body.payment_terms):
        values["customer_payment_term"] = term
    number = body.price_list.removeprefix(LIST_PREFIX)
    if "sale_price_list" in ground.party_fields and body.price_list != number and number.isdecimal():
        values["sale_price_list"] = int(number)
    return values


def _addresses(calls: Calls, ground: Ground, body: CustomerBody) -> Iterator[Row]:
    """At least one, for without an invoice address Tryton quotes nothing."""
    attention = {"attn": plain(body.contact)} if "attn" in ground.address_fields else {}
    if body.shipping in {Address(), body.billing}:
        yield attention | _address(calls, body.billing, ("invoice", "delivery"), ground)
        return
    yield attention | _address(calls, body.billing, ("invoice",), ground)
    yield _address(calls, body.shipping, ("delivery",), ground)


def _address(calls: Calls, address: Address, uses: tuple[str, ...], ground: Ground) -> Row:
    values = _place(address)
    values |= {use: True for use in uses if use in ground.address_fields}
    if country := _country(calls, address.country):
        values["country"] = country
    elif address.country:
        values["city"] = ", ".join(part for part in (address.city, plain(address.country)) if part)
    return values


def _place(address: Address) -> Row:
    street = "\n".join(plain(line) for line in address.line.splitlines())
    return {"street": street, "city": plain(address.city), "postal_code": plain(address.postcode)}


def _country(calls: Calls, said: str) -> int | None:
    """By its code of two letters or its name."""
    if not said:
        return None
    found = calls.search("country.country", ["OR", ["code", "=", said.upper()], ["name", "=", said]], ["code"])
    return int(found[0]["id"]) if found else None


def _named(calls: Calls, model: str, name: str) -> int | None:
    found = calls.search(model, [["name", "=", name]], ["name"]) if name else []
    return int(found[0]["id"]) if found else None
