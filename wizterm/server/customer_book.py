"""Customers as the office looks them up, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wizterm.domain.nearest import did_you_mean
from wizterm.protocol.replica import BY_NAME
from wizterm.server.deciding import Deciding, Role
from wizterm.server.office_error import OfficeError
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, Assignment, column, columns
from wizterm.server.store.paperwork import TakenDocument
from wizterm.server.store.people import Rep
from wizterm.server.store.store import Store
from wizterm.server.store.upserting import upsert
from wizterm.server.store.writing import Writing

MOST = 200
_TABLE = BY_NAME["customers"]


class CustomerError(OfficeError):
    """There is no such customer or rep; the message says where to look."""


@dataclass(frozen=True, slots=True)
class CustomerLine:
    id: str
    number: str
    """The company's own; empty for one made in the field whom the ERP has not numbered yet."""
    name: str
    price_list: str
    reps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CustomerPage:
    line: CustomerLine
    payment_terms: str
    credit_limit: str
    balance: str
    contacts: tuple[str, ...]
    addresses: tuple[str, ...]
    contracts: int
    """Products with a price of the customer's own."""
    documents: int


class CustomerBook:
    def __init__(self, store: Store, by: Deciding) -> None:
        self._store = store
        self._by = by

    def find(self, words: str = "", *, rep: str = "", most: int = MOST) -> tuple[CustomerLine, ...]:
        """Those whose name or number contains the words, by name."""
        table = MIRROR["customers"]
        named = column("customers", "name").contains(words) | column("customers", "number").contains(words)
        with self._store.reading():
            wanted, id_ = ~table.deleted & named, column("customers", "id")
            if rep:
                wanted &= id_.in_(_customers_of(_rep(rep)))
            by_name = table.select(*columns(_TABLE)).where(wanted).order_by(column("customers", "name"), id_)
            reps = _reps_of(table.select(id_).where(wanted).order_by(column("customers", "name"), id_).limit(most))
            return tuple(_line(row, reps) for row in rows(by_name.limit(most)))

    def page(self, wanted: str) -> CustomerPage:
        """All of the customer with this number or id."""
        with self._store.reading():
            row = _one(wanted)
            return CustomerPage(
                line=_line(row, _reps_of([row[0]])),
                payment_terms=row[4],
                credit_limit=row[5],
                balance=row[6],
                contacts=tuple(_joined(each) for each in _owned("contacts", row[0], "name email phone")),
                addresses=tuple(
                    _joined(each) for each in _owned("addresses", row[0], "kind line city postcode country")
                ),
                contracts=len(_owned("contracts", row[0], "id")),
                documents=TakenDocument.select().where(TakenDocument.customer == row[0]).count(),
            )

    def assign(self, wanted: str, rep: str) -> CustomerLine:
        """The customer is this rep's too from now on; the rep's devices fetch them."""
        return self._turn(wanted, rep, active=True)

    def unassign(self, wanted: str, rep: str) -> CustomerLine:
        """The customer leaves the rep's devices; documents already taken stay."""
        return self._turn(wanted, rep, active=False)

    def _turn(self, wanted: str, rep: str, *, active: bool) -> CustomerLine:
        with self._by.decide(Role.CLERK, "assigned the customer" if active else "took away the customer") as decision:
            writing, row, code = decision.writing, _one(wanted), _rep(rep)
            decision.about, decision.words = row[1] or row[0], f"{row[2]}, {'to' if active else 'from'} {code}"
            before = _reps_of([row[0]]).get(row[0], ())
            if active == (code in before):
                said = "is already" if active else "is not"
                raise CustomerError(f"{row[2]} {said} with {code}: nothing was changed.")
            _put(writing, row[0], code, active=active)
            after = tuple(sorted({*before, code} if active else set(before) - {code}))
            upsert(writing, _TABLE, [(*row[:-1], ";".join(after))])
            writing.catalogue_changed()
            return _line(_one(row[0]), {row[0]: after})


def _put(writing: Writing, customer: str, rep: str, *, active: bool) -> None:
    values = {"seq": writing.number, "active": active}
    Assignment.insert(rep=rep, customer=customer, **values).on_conflict(
        conflict_target=[Assignment.rep, Assignment.customer], update=values
    ).execute()


def _one(wanted: str) -> tuple[Any, ...]:
    table = MIRROR["customers"]
    is_it = (column("customers", "number") == wanted) | (column("customers", "id") == wanted)
    found = rows(table.select(*columns(_TABLE)).where(~table.deleted & is_it)) if wanted else []
    if found:
        return found[0]
    known = [row[0] for row in rows(table.select(column("customers", "number")).where(~table.deleted))]
    raise CustomerError(
        f"There is no customer {wanted[:40]!r}: `admin customers list` shows the numbers.{did_you_mean(wanted, known)}"
    )


def _rep(wanted: str) -> str:
    """The code as the company writes it."""
    found = Rep.get_or_none(Rep.login == wanted.strip().lower())
    if found is not None:
        return str(found.code)
    known = [row[0] for row in rows(Rep.select(Rep.code))]
    raise CustomerError(
        f"There is no rep {wanted[:24]!r}: `admin reps list` shows the codes.{did_you_mean(wanted, known)}"
    )


def _customers_of(rep: str) -> Any:
    return Assignment.select(Assignment.customer).where((Assignment.rep == rep) & Assignment.active)


def _reps_of(customers: Any) -> dict[str, tuple[str, ...]]:
    """Whose they are, of ids or of a query for ids: asked once, however many there are."""
    theirs = Assignment.customer.in_(customers) & Assignment.active
    found: dict[str, tuple[str, ...]] = {}
    query = Assignment.select(Assignment.customer, Assignment.rep).where(theirs).order_by(Assignment.rep)
    for customer, rep in rows(query):
        found[customer] = (*found.get(customer, ()), rep)
    return found


def _owned(table: str, customer: str, names: str) -> list[tuple[str, ...]]:
    wanted = [column(table, name) for name in names.split()]
    query = MIRROR[table].select(*wanted).where((column(table, "customer") == customer) & ~MIRROR[table].deleted)
    return rows(query.order_by(column(table, "id")))


def _joined(parts: tuple[str, ...]) -> str:
    return ", ".join(part for part in parts if part)


def _line(row: tuple[Any, ...], reps: dict[str, tuple[str, ...]]) -> CustomerLine:
    return CustomerLine(row[0], row[1], row[2], row[3], reps.get(row[0], ()))
