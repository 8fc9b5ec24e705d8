"""What a rep may see: the price lists that matter to them. Customers are theirs by assignment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from operator import or_
from typing import Any

import msgspec
from peewee import Value

from wizterm.protocol.replica import list_token
from wizterm.server import reps
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, Assignment, column


@dataclass(frozen=True, slots=True)
class Scope:
    rep: str
    lists: tuple[str, ...]
    """Ids, sorted."""

    @property
    def fingerprint(self) -> str:
        """The same for every rep with the same lists."""
        return sha256(msgspec.json.encode(self.lists)).hexdigest()[:16]


def scope_of(rep: str) -> Scope:
    """Lists of the rep's customers, lists the rep may give, and the list of a cart without a customer."""
    wanted = {*_customers_lists(rep), *reps.names(rep), default_list()}
    lists, deleted = MIRROR["price_lists"], column("price_lists", "deleted")
    standing = lists.select(column("price_lists", "id")).where(~deleted & column("price_lists", "id").in_(wanted))
    return Scope(rep, tuple(sorted(row[0] for row in rows(standing))))


def default_list() -> str:
    """The list of guests: the one marked so, else the first; empty where there is none."""
    found = rows(
        MIRROR["price_lists"]
        .select(column("price_lists", "id"))
        .where(~column("price_lists", "deleted"))
        .order_by(column("price_lists", "is_default").desc(), column("price_lists", "id"))
        .limit(1)
    )
    return found[0][0] if found else ""


def tokens(lists: Iterable[str]) -> str:
    """The lists that show a product, as the store keeps them: words between blanks, so that none is part of another."""
    return "".join(f" {list_token(price_list)} " for price_list in sorted(lists))


def shown_in(lists: Iterable[str], words: str = "lists") -> Any:
    """The condition that a product is shown in one of the lists (`once_listed`: ever was)."""
    field = column("products", words)
    return reduce(or_, (field.contains(f" {list_token(price_list)} ") for price_list in lists), Value(1) == 0)


def _customers_lists(rep: str) -> set[str]:
    customers = MIRROR["customers"]
    found = (
        customers.select(column("customers", "price_list"))
        .join(Assignment, on=(Assignment.customer == column("customers", "id")))
        .where((Assignment.rep == rep) & Assignment.active & ~column("customers", "deleted"))
        .distinct()
    )
    return {row[0] for row in rows(found)}
