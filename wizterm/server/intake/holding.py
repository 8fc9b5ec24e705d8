"""Rows of the catalogue that a batch is going to change, held before it draws its number.

An import may have changed them and go on for minutes: then this batch waits for it, and nobody waits for this batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wizterm.protocol.bodies import WishlistBody
from wizterm.protocol.replica import BY_NAME
from wizterm.server.intake.reading import Paper
from wizterm.server.row_keys import joined
from wizterm.server.store.engine import hold
from wizterm.server.store.mirror import MIRROR, column

_OF_A_CUSTOMER = (("customers", "id"), ("contacts", "customer"), ("addresses", "customer"))


def hold_rows(papers: Iterable[Paper]) -> None:
    """Those of customers made in the field, and of wishlists."""
    papers = list(papers)
    made = [paper.id for paper in papers if paper.kind == "customer"]
    wished = [
        joined(paper.body.customer.id, sku)
        for paper in papers
        if isinstance(paper.body, WishlistBody)
        for sku in (*paper.body.added, *paper.body.removed)
    ]
    for table, name in _OF_A_CUSTOMER:
        _hold(table, name, made)
    _hold("wishlists", "id", wished)


def _hold(table: str, name: str, values: Sequence[str]) -> None:
    if values:
        key = column(table, BY_NAME[table].key)
        hold(MIRROR[table].select(key).where(column(table, name).in_(values)).order_by(key))
