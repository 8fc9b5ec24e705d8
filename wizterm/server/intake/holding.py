"""Rows of the catalogue that a batch is going to change, held before it draws its number.

An import may have changed them and go on for minutes: then this batch waits for it, and nobody waits for this batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wizterm.protocol.bodies import WishlistBody
from wizterm.protocol.replica import BY_NAME
from wizterm.server.intake.reading import Paper
from wizterm.server.row_keys import joined
from wizterm.server.store.engine import held
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.prepared import Prepared, Question, prepared


def rows_to_hold(papers: Iterable[Paper]) -> Iterator[Question]:
    """Those of customers made in the field, and of wishlists."""
    papers = list(papers)
    made = [paper.id for paper in papers if paper.kind == "customer"]
    wished = [
        joined(paper.body.customer.id, sku)
        for paper in papers
        if isinstance(paper.body, WishlistBody)
        for sku in (*paper.body.added, *paper.body.removed)
    ]
    if made:
        yield from (query.of(made) for query in _OF_A_CUSTOMER)
    if wished:
        yield _WISHES.of(wished)


def _holding(table: str, name: str) -> Prepared:
    def rows_with(values: Any) -> Any:
        key = column(table, BY_NAME[table].key)
        return held(MIRROR[table].select(key).where(column(table, name).in_(values)).order_by(key))

    return prepared(rows_with)


_OF_A_CUSTOMER = (_holding("customers", "id"), _holding("contacts", "customer"), _holding("addresses", "customer"))
_WISHES = _holding("wishlists", "id")
