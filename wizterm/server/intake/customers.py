"""A customer made in the field becomes a row of the catalogue, so that every device of the rep hears of them."""

from __future__ import annotations

from wizterm.protocol.bodies import Address, CustomerBody
from wizterm.protocol.replica import BY_NAME
from wizterm.server import reps
from wizterm.server.intake.standing import Standing
from wizterm.server.scope import default_list, scope_of
from wizterm.server.store.base import rows
from wizterm.server.store.engine import held
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.upserting import upsert
from wizterm.server.store.writing import Writing


def welcome(writing: Writing, body: CustomerBody, standing: Standing) -> None:
    """The document's id is the customer's for ever."""
    rep = standing.caller.rep
    price_list = body.price_list if body.price_list in scope_of(rep).lists else default_list()
    number, limit, balance, minimum = _said_by_the_office(body.id)
    customer = (body.id, number, body.company, price_list, body.payment_terms, limit, balance, minimum, rep)
    upsert(writing, BY_NAME["customers"], [customer])
    if body.contact or body.email or body.phone:
        contact = (f"{body.id}|main", body.id, body.contact, body.email, body.phone)
        upsert(writing, BY_NAME["contacts"], [contact])
    for kind, address in (("billing", body.billing), ("shipping", body.shipping)):
        if address != Address():
            row = (f"{body.id}|{kind}", body.id, kind, address.line, address.city, address.postcode, address.country)
            upsert(writing, BY_NAME["addresses"], [row])
    reps.assign(writing, rep, body.id)
    if (other := reps.code_of(body.assigned_to)) not in {"", rep}:
        reps.assign(writing, other, body.id)
    standing.customers[body.id] = True
    standing.once_mine.add(body.id)


def _said_by_the_office(customer: str) -> tuple[str, str, str, str]:
    """What no revision from the field changes, where the customer is known already."""
    names = ("number", "credit_limit", "balance", "order_minimum")
    wanted = MIRROR["customers"].select(*(column("customers", name) for name in names))
    found = rows(held(wanted.where(column("customers", "id") == customer)))
    return found[0] if found else ("", "", "", "")
