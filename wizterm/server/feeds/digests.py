"""What a device should hold, as counts and sums of row hashes."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from peewee import ModelSelect, fn

from wizterm.protocol import replica
from wizterm.protocol.catalogue import Digest
from wizterm.protocol.replica import Table
from wizterm.server.scope import Scope, shown_in
from wizterm.server.store import ledger
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, Assignment, column

HALF = 2**32
"""Hashes are added in two halves, so that no database's sum of integers overflows."""
KEPT = 64


class Digests:
    """Computes them; those of the catalogue part are the same for many reps, so the latest are kept."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, int], tuple[Digest, ...]] = OrderedDict()

    def of(self, scope: Scope, mark: int, schema: int) -> tuple[Digest, ...]:
        """For the store as it is at `mark`, which the caller's transaction sees.

        Rows are hashed with all their columns: of tables that the device's schema knows with fewer, nothing is said.
        """
        unchanged = {table.name for table in replica.known(schema) if table == replica.BY_NAME[table.name]}
        return tuple(digest for digest in self._all(scope, mark) if digest.table in unchanged)

    def _all(self, scope: Scope, mark: int) -> tuple[Digest, ...]:
        key = (ledger.fact("epoch"), scope.fingerprint, mark)  # a restore counts on from an earlier mark
        if key not in self._kept:
            self._kept[key] = tuple(_digest(table, _shared(table, scope)) for table in replica.CATALOGUE_PART)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return self._kept[key] + tuple(_digest(table, _own(table, scope)) for table in replica.REP_PART)


def live(table: Table, scope: Scope, *wanted: Any) -> ModelSelect[Any]:
    """The rows of the catalogue part that this set of lists shows."""
    model = MIRROR[table.name]
    query = model.select(*wanted).where(~model.deleted)
    if table.name in {"price_lists", "prices"}:
        return query.where(column(table.name, "id" if table.name == "price_lists" else "price_list").in_(scope.lists))
    if table.name == "products":
        return query.where(shown_in(scope.lists))
    if "sku" not in table.columns:
        return query
    products = MIRROR["products"]
    return query.join(products, on=(column("products", "sku") == column(table.name, "sku"))).where(
        ~products.deleted & shown_in(scope.lists)
    )


def _shared(table: Table, scope: Scope) -> ModelSelect[Any]:
    return live(table, scope, *_sums(table))


def _own(table: Table, scope: Scope) -> ModelSelect[Any]:
    model = MIRROR[table.name]
    if table.rep:
        return model.select(*_sums(table)).where(~model.deleted & (column(table.name, table.rep) == scope.rep))
    customer = column(table.name, table.customer)
    return (
        model.select(*_sums(table))
        .join(Assignment, on=(Assignment.customer == customer))
        .where((Assignment.rep == scope.rep) & Assignment.active & ~model.deleted)
    )


def _sums(table: Table) -> tuple[Any, ...]:
    hash_ = MIRROR[table.name].hash
    return fn.COUNT(hash_), fn.SUM(hash_ / HALF), fn.SUM(hash_.bin_and(HALF - 1))


def _digest(table: Table, query: ModelSelect[Any]) -> Digest:
    ((count, high, low),) = rows(query)
    return Digest(table=table.name, count=count, sum=(int(high or 0) * HALF + int(low or 0)) % 2**63)
