"""Placing customers, with their contacts, addresses and reps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from peewee import EXCLUDED

from wizterm.domain.quantity import counted
from wizterm.server.importing.context import Context, Row
from wizterm.server.store.base import rows
from wizterm.server.store.copies import MetError
from wizterm.server.store.mirror import MIRROR, Assignment, column
from wizterm.server.store.paperwork import TakenDocument
from wizterm.server.store.people import Rep
from wizterm.server.store.upserting import chunks

AT_ONCE = 500
OWNED = ("contacts", "addresses", "contracts", "history", "wishlists")


class Customers:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._nobodys: Counter[str] = Counter()
        self._numbers: set[str] = set()
        self._codes = {rep.login: rep.code for rep in Rep.select(Rep.login, Rep.code)}

    def place(self, placed: Sequence[Row]) -> None:
        context = self._context
        good = context.referred(placed, "price_list")
        numbers = {row["number"] for row in good}
        self._numbers |= numbers
        ids = (_made_in_the_field(numbers) if context.keeps else {}) | ids_of(numbers)
        named = [(ids.get(row["number"], row["number"]), row) for row in good]
        named = [(id_, row) for id_, row in named if context.first_time("customers", id_, row)]
        said = placed[0].values if placed else ()
        context.put("customers", [_customer(id_, row, self._reps(row)) for id_, row in named], said=said)
        self._place_owned("contacts", named, ("main",))
        self._place_owned("addresses", named, ("billing", "shipping"))
        if placed and "rep" in placed[0].values:
            assigned = {id_: set(self._reps(row)) for id_, row in named}
            assign_all(context, assigned)
            known = set(self._codes.values())
            self._nobodys.update(code for reps in assigned.values() for code in reps if code not in known)

    def finish(self, *, replace: bool) -> None:
        self._context.warnings += [
            f"There is no rep {code!a}, who has {counted(count, 'customer')} in the file: `admin reps add` sets them up"
            for code, count in sorted(self._nobodys.items())
        ]
        self._context.writing.lastly(self._meet)
        if not replace:
            return
        made_here = column("customers", "number") == ""
        unnumbered = MIRROR["customers"].select(column("customers", "id")).where(made_here)
        self._context.seen["customers"] |= dict.fromkeys((row[0] for row in rows(unnumbered)), 0)
        for gone in chunks(sorted(self._context.remove_missing("customers")), AT_ONCE):
            assign_all(self._context, {id_: set() for id_ in gone})
            for table in OWNED:
                self._context.remove(table, self._context.keys_where(table, "customer", gone))

    def _meet(self, since: int) -> None:
        """Whoever was given one of these numbers while they were read would be there twice; raises `MetError`."""
        model = MIRROR["customers"]
        changed = (model.seq > since) & ~model.deleted & (column("customers", "number") != "")
        ours = self._context.seen["customers"]
        for id_, number in rows(model.select(column("customers", "id"), column("customers", "number")).where(changed)):
            if number in self._numbers and id_ not in ours:
                raise MetError(f"Customer {number!a} was given this number while it was imported: import it again.")

    def _place_owned(self, table: str, named: Sequence[tuple[str, Row]], roles: tuple[str, ...]) -> None:
        """One row for each role that is filled in; what is no longer filled in goes."""
        made = [(f"{id_}|{role}", _owned(table, id_, role, row)) for id_, row in named for role in roles]
        said = 2 if table == "addresses" else 1  # cells that only say whose it is, and which
        self._context.put(table, [(key, *cells) for key, cells in made if any(cells[said:])])
        self._context.remove(table, [key for key, cells in made if not any(cells[said:])])

    def _reps(self, row: Row) -> list[str]:
        """The codes in the cell, as the reps are written; a code nobody has yet is kept for who gets it."""
        codes = [code.strip() for code in row["rep"].split(";") if code.strip()]
        return [self._codes.get(code.lower(), code) for code in codes]


def ids_of(numbers: set[str]) -> dict[str, str]:
    """Public ids by the company's number: a customer made in the field keeps its own id when it gets a number."""
    id_, number = column("customers", "id"), column("customers", "number")
    found = MIRROR["customers"].select(number, id_).where(number.in_(sorted(numbers)) & ~MIRROR["customers"].deleted)
    return {row[0]: row[1] for row in rows(found)}


def _made_in_the_field(numbers: set[str]) -> dict[str, str]:
    """Ids of new customers by their documents' numbers: an ERP may tell of one before we hear that it took them."""
    taken = (TakenDocument.kind == "customer") & TakenDocument.number.in_(sorted(numbers))
    found = rows(TakenDocument.select(TakenDocument.number, TakenDocument.id, TakenDocument.external).where(taken))
    told = {id_ for _, id_, external in found if external}
    return {number: id_ for number, id_, _ in found if id_ not in told}


def assign_all(context: Context, wanted: dict[str, set[str]]) -> None:
    """Make these customers' reps these, and nobody else."""
    standing: dict[tuple[str, str], bool] = {}
    for chunk in chunks(sorted(wanted), AT_ONCE):
        for rep, customer, active in rows(
            Assignment.select(Assignment.rep, Assignment.customer, Assignment.active).where(
                Assignment.customer.in_(chunk)
            )
        ):
            standing[rep, customer] = bool(active)
    asked = {(rep, customer) for customer, reps in wanted.items() for rep in reps}
    changes = {pair: True for pair in asked if not standing.get(pair)}
    changes |= {pair: False for pair, active in standing.items() if active and pair not in asked}
    for some in chunks(sorted(changes.items()), AT_ONCE):
        Assignment.insert_many(
            [
                {"rep": rep, "customer": customer, "seq": context.writing.number, "active": active}
                for (rep, customer), active in some
            ]
        ).on_conflict(
            conflict_target=[Assignment.rep, Assignment.customer],
            update={Assignment.seq: EXCLUDED.seq, Assignment.active: EXCLUDED.active},
        ).execute()
    if changes:
        context.changed["assignments"] += len(changes)
        context.writing.catalogue_changed()


def _customer(id_: str, row: Row, reps: list[str]) -> tuple[str, ...]:
    names = "number name price_list payment_terms credit_limit balance order_minimum"
    return (id_, *(row[name] for name in names.split()), ";".join(reps))


def _owned(table: str, id_: str, role: str, row: Row) -> tuple[str, ...]:
    if table == "contacts":
        return (id_, row["contact"], row["email"], row["phone"])
    return (id_, role, *(row[f"{role}_{part}"] for part in ("address", "city", "postcode", "country")))
