"""Stock of one product, for a rep who may see it."""

from __future__ import annotations

from decimal import Decimal

from wizterm.domain.clock import moment
from wizterm.protocol.problem import Code, problem
from wizterm.protocol.stock import LiveStock
from wizterm.server.scope import scope_of, shown_in
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.store import Store


def live_stock(store: Store, rep: str, sku: str) -> LiveStock:
    """Raises a problem where no list of the rep shows the product: what they may not see is not there."""
    products, stock = MIRROR["products"], MIRROR["stock"]
    with store.reading():
        shown = ~products.deleted & (column("products", "sku") == sku) & shown_in(scope_of(rep).lists)
        if not rows(products.select(column("products", "sku")).where(shown)):
            words = f"No list of yours shows {sku[:40]!r}: sync, or choose another product."
            raise problem(404, Code.NOT_FOUND, "No such product", words, field="sku")
        wanted = stock.select(column("stock", "quantity"), column("stock", "counted_at"))
        found = rows(wanted.where(~stock.deleted & (column("stock", "sku") == sku)))
    if not found:
        return LiveStock(sku=sku, quantity=None, counted_at=None)
    quantity, counted_at = found[0]
    return LiveStock(sku=sku, quantity=Decimal(quantity), counted_at=moment(int(counted_at)))
