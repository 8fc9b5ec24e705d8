"""What a mail is about and to whom it goes, read from the store as it stands when it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address

from wizterm.domain.clock import moment
from wizterm.protocol import bodies
from wizterm.protocol.bodies import OrderBody
from wizterm.server.deliveries import TO_CUSTOMER, TO_REP
from wizterm.server.mail.addresses import AddressError, address
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.paperwork import TakenDocument
from wizterm.server.store.people import Rep
from wizterm.server.store.store import Store


class NobodyError(Exception):
    """There is no address to write to; the message says whose, and how to give one."""


@dataclass(frozen=True, slots=True)
class Letter:
    target: str
    to: tuple[Address, ...]
    body: OrderBody
    state: str
    external: str
    """The ERP's own number, where it has confirmed."""
    refusal: str
    """What the ERP said when it refused; empty where it did not."""
    rep_name: str
    rep_address: Address | None
    taken_at: datetime


class Correspondence:
    def __init__(self, store: Store, office: tuple[Address, ...]) -> None:
        self._store = store
        self._office = office

    def letter(self, document: str, revision: int, target: str) -> Letter:
        """Raises `NobodyError` where there is no address to write to."""
        this = (TakenDocument.id == document) & (TakenDocument.revision == revision)
        with self._store.reading():
            taken = TakenDocument.get(this)
            body = bodies.decode(taken.kind, taken.body)
            assert isinstance(body, OrderBody), "only orders and quotes are mailed"
            rep = Rep.get_or_none(Rep.code == taken.rep)
            name, mail = (rep.name, rep.email) if rep is not None else (taken.rep, "")
            return Letter(
                target=target,
                to=self._to(target, body, name, mail),
                body=body,
                state=taken.state,
                external=taken.external,
                refusal=taken.words,
                rep_name=name,
                rep_address=_address_or_none(mail, name),
                taken_at=moment(taken.taken_at),
            )

    def _to(self, target: str, body: OrderBody, rep: str, mail: str) -> tuple[Address, ...]:
        if target == TO_CUSTOMER:
            return (_buyer(body),)
        if target == TO_REP:
            return (_reps(body.rep, rep, mail),)
        if not self._office:
            raise NobodyError("The office has no e-mail address: set mail.office_addresses, then retry.")
        return self._office


def _reps(code: str, name: str, mail: str) -> Address:
    if not mail:
        raise NobodyError(
            f"{name} has no e-mail address: give one with `wizterm admin reps email {code} ADDRESS`, then retry."
        )
    return _checked(mail, name)


def _buyer(body: OrderBody) -> Address:
    """Whoever ordered; what the office knows today goes before what stood on the order."""
    party = body.customer
    known = _contacts(party.id)
    named = [contact for contact in known if contact[0] == (body.contact or party.contact)]
    agreed = [(party.contact or party.name, party.email)] if party.email else []
    found = named or ([] if body.contact else agreed) or known or agreed
    if not found:
        raise NobodyError(
            f"{party.name} has no e-mail address: add one to the customers (column email of customers.csv, "
            "`wizterm admin import`), then retry."
        )
    name, email = found[0]
    return _checked(email, name)


def _contacts(customer: str) -> list[tuple[str, str]]:
    """Name and address of each contact that has one."""
    table = MIRROR["contacts"]
    name, email = column("contacts", "name"), column("contacts", "email")
    theirs = (column("contacts", "customer") == customer) & (email != "") & ~table.deleted
    return [
        (row[0], row[1]) for row in rows(table.select(name, email).where(theirs).order_by(column("contacts", "id")))
    ]


def _checked(text: str, name: str) -> Address:
    try:
        return address(text, name)
    except AddressError as error:
        raise NobodyError(f"{error} Correct it, then retry.") from error


def _address_or_none(text: str, name: str) -> Address | None:
    try:
        return address(text, name) if text else None
    except AddressError:
        return None
