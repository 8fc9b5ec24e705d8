"""The steps of a walk through what changed: each a query over one table, in an order that an index gives.

The catalogue part goes by the number of the last change. The rep's part has two ways in: rows that changed, and
customers newly assigned, whose rows all come whatever their numbers. A customer taken away is one deletion.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from peewee import SQL, Case, ModelSelect, Tuple, Value, fn

from wizterm.protocol import replica
from wizterm.protocol.replica import BY_NAME, Table
from wizterm.server.scope import Scope, shown_in
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, Assignment, Mirrored, column, columns
from wizterm.server.store.prepared import prepared

ASSIGNMENTS = "assignments"


@dataclass(frozen=True, slots=True)
class Span:
    """What a walk covers: changes after `since` (of the rep's part: after `rep_since`) up to `target`."""

    scope: Scope
    since: int
    rep_since: int
    target: int
    newest: Mapping[str, int]
    """See `newest_numbers`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row of a page: where it stands, and its values, or its key where it is no more."""

    place: tuple[str | int, ...]
    gone: bool
    row: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Step:
    table: Table
    _query: Callable[[Table, Span], ModelSelect[Any] | None]
    _order: tuple[Any, Any]
    _teller: str
    """The table whose newest number tells whether there can be anything."""
    _since: Callable[[Span], int]

    def count(self, span: Span) -> int:
        query = self._asked(span)
        return query.select(Value(1)).count() if query is not None else 0

    def page(self, span: Span, after: tuple[str | int, ...], limit: int) -> list[Found]:
        """The rows after that place, at most `limit`."""
        query = self._asked(span)
        if query is None:
            return []
        if after:
            query = query.where(Tuple(*self._order) > Tuple(*after))
        wanted = query.select_extend(*self._order).order_by(*self._order).limit(limit)
        return [Found(row[-2:], bool(row[0]), row[1:-2]) for row in rows(wanted)]

    def _asked(self, span: Span) -> ModelSelect[Any] | None:
        nothing_newer = span.newest.get(self._teller, 0) <= self._since(span)
        return None if nothing_newer else self._query(self.table, span)


def newest_numbers(rep: str) -> dict[str, int]:
    """The number of each replicated table's last change, and of the rep's last assignment, in one question.

    Each order that is booked changes two tables; every device that looks afterwards would ask some sixty questions.
    """
    return {table: newest for table, newest in _newest(rep) if newest is not None}


@prepared
def _newest(rep: Any) -> Any:
    asked: Any = Assignment.select(Value(ASSIGNMENTS), fn.MAX(Assignment.seq)).where(Assignment.rep == rep)
    for table in replica.TABLES:
        asked = asked.union_all(MIRROR[table.name].select(Value(table.name), fn.MAX(MIRROR[table.name].seq)))
    return asked


def _in_catalogue(table: Table, span: Span) -> ModelSelect[Any]:
    model, lists = MIRROR[table.name], span.scope.lists
    fresh = model.seq.between(span.since + 1, span.target)
    if table.name in {"price_lists", "prices"}:
        name = "id" if table.name == "price_lists" else "price_list"
        return _select(model.deleted, table).where(fresh & column(table.name, name).in_(lists))
    if "sku" not in table.columns:
        return _select(model.deleted, table).where(fresh)
    gone = MIRROR["products"].deleted | ~shown_in(lists)
    ever = shown_in(lists, "once_listed")
    if table.name == "products":
        return _select(gone, table).where(fresh & ever)
    query = _select(model.deleted | gone, table)
    return query.join(MIRROR["products"], on=(column(table.name, "sku") == column("products", "sku"))).where(
        fresh & ever
    )


def _taken_away(_: Table, span: Span) -> ModelSelect[Any] | None:
    if not span.rep_since:
        return None
    return Assignment.select(Value(1), Assignment.customer).where(
        (Assignment.rep == span.scope.rep)
        & ~Assignment.active
        & Assignment.seq.between(span.rep_since + 1, span.target)
    )


def _newly_assigned(table: Table, span: Span) -> ModelSelect[Any]:
    model = MIRROR[table.name]
    return _mine(_select(SQL("FALSE"), table), table, span).where(
        Assignment.seq.between(span.rep_since + 1, span.target) & (model.seq <= span.target) & ~model.deleted
    )


def _changed(table: Table, span: Span) -> ModelSelect[Any] | None:
    model = MIRROR[table.name]
    if not span.rep_since:
        return None
    return _mine(_select(model.deleted, table), table, span).where(
        model.seq.between(span.rep_since + 1, span.target) & (model.deleted | (Assignment.seq <= span.rep_since))
    )


def _of_rep(table: Table, span: Span) -> ModelSelect[Any]:
    """Rows that are the rep's and no customer's; a device that begins is not told what is gone."""
    model = MIRROR[table.name]
    fresh = model.seq.between(span.rep_since + 1, span.target)
    if not span.rep_since:
        fresh &= ~model.deleted
    return _select(model.deleted, table).where(fresh & (column(table.name, table.rep) == span.scope.rep))


def _mine(query: ModelSelect[Any], table: Table, span: Span) -> ModelSelect[Any]:
    customer = column(table.name, table.customer)
    return query.join(Assignment, on=(Assignment.customer == customer)).where(
        (Assignment.rep == span.scope.rep) & Assignment.active
    )


def _select(gone: Any, table: Table) -> ModelSelect[Any]:
    return MIRROR[table.name].select(Case(None, [(gone, 1)], 0), *columns(table))


def _by_number(table: Table) -> tuple[Any, Any]:
    model: type[Mirrored] = MIRROR[table.name]
    return model.seq, column(table.name, table.key)


_OF_CUSTOMERS = tuple(table for table in replica.REP_PART if table.customer)
_SINCE, _REP_SINCE = attrgetter("since"), attrgetter("rep_since")


def _own(table: Table) -> tuple[Any, Any]:
    return Assignment.customer, column(table.name, table.key)


STEPS = (
    *(Step(table, _in_catalogue, _by_number(table), table.name, _SINCE) for table in replica.CATALOGUE_PART),
    Step(BY_NAME["customers"], _taken_away, (Assignment.seq, Assignment.customer), ASSIGNMENTS, _REP_SINCE),
    *(Step(table, _newly_assigned, _own(table), ASSIGNMENTS, _REP_SINCE) for table in _OF_CUSTOMERS),
    *(Step(table, _changed, _by_number(table), table.name, _REP_SINCE) for table in _OF_CUSTOMERS),
    *(Step(table, _of_rep, _by_number(table), table.name, _REP_SINCE) for table in replica.REP_PART if table.rep),
)
