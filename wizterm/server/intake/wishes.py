"""A change to a wishlist becomes rows of the catalogue, so that every device of the customer's reps hears of it."""

from __future__ import annotations

from wizterm.protocol.bodies import WishlistBody
from wizterm.protocol.replica import BY_NAME
from wizterm.server.row_keys import joined
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.upserting import take_away, upsert
from wizterm.server.store.writing import Writing

_TABLE = BY_NAME["wishlists"]


def keep(writing: Writing, body: WishlistBody) -> None:
    """Put down what was added and take away what was removed; a product keeps the day it was wished for first."""
    customer = body.customer.id
    added = {joined(customer, sku): sku for sku in body.added}
    day = body.business_date.isoformat()
    fresh = added.keys() - _standing(list(added))
    upsert(writing, _TABLE, [(key, customer, sku, day) for key, sku in added.items() if key in fresh])
    take_away(writing, _TABLE, [joined(customer, sku) for sku in body.removed if sku not in body.added])


def _standing(keys: list[str]) -> set[str]:
    model, id_ = MIRROR[_TABLE.name], column(_TABLE.name, "id")
    return {row[0] for row in rows(model.select(id_).where(id_.in_(keys) & ~model.deleted))}
