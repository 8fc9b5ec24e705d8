"""Stock of one product, for a rep who may see it: from the ERP where that can be asked, else as it was counted last."""

from __future__ import annotations

import threading
from decimal import Decimal
from queue import Empty, SimpleQueue
from typing import Final

from msgspec.structs import replace

from wizterm.connectors.stock_asking import StockError, StockSource
from wizterm.domain.clock import Clock, moment
from wizterm.protocol.problem import Code, problem
from wizterm.protocol.stock import LiveStock
from wizterm.server import mappings
from wizterm.server.mappings import MapKind
from wizterm.server.scope import scope_of, shown_in
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.store import Store

SECONDS: Final = 3.0
"""A rep stands in a shop and waits."""
AT_ONCE: Final = 4
"""Questions that are with the ERP at a time: each has a thread, which a silent ERP keeps for longer than we wait."""


class LiveStocks:
    def __init__(self, store: Store, source: object, clock: Clock, seconds: float = SECONDS) -> None:
        """`source` is the connector, whether it can be asked or not."""
        self._store = store
        self._source = source if isinstance(source, StockSource) else None
        self._clock = clock
        self._seconds = seconds
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def of(self, rep: str, sku: str) -> LiveStock:
        """Raises a problem where no list of the rep shows the product: what they may not see is not there."""
        counted, item = self._counted(rep, sku)
        if self._source is None:
            return counted
        try:
            quantity = self._ask(self._source, item)
        except StockError as error:
            return replace(counted, reason=str(error))
        return LiveStock(sku=sku, quantity=quantity, counted_at=None if quantity is None else self._clock.now())

    def _counted(self, rep: str, sku: str) -> tuple[LiveStock, str]:
        """As the store has it, and what the ERP calls the product."""
        products, stock = MIRROR["products"], MIRROR["stock"]
        with self._store.reading():
            shown = ~products.deleted & (column("products", "sku") == sku) & shown_in(scope_of(rep).lists)
            if not rows(products.select(column("products", "sku")).where(shown)):
                words = f"No list of yours shows {sku[:40]!r}: sync, or choose another product."
                raise problem(404, Code.NOT_FOUND, "No such product", words, field="sku")
            wanted = stock.select(column("stock", "quantity"), column("stock", "counted_at"))
            found = rows(wanted.where(~stock.deleted & (column("stock", "sku") == sku)))
            item = mappings.of(MapKind.ITEM, [sku]).get(sku, sku)
        if not found:
            return LiveStock(sku=sku, quantity=None, counted_at=None), item
        quantity, counted_at = found[0]
        return LiveStock(sku=sku, quantity=Decimal(quantity), counted_at=moment(int(counted_at))), item

    def _ask(self, source: StockSource, item: str) -> Decimal | None:
        """In a thread that can be left: whatever the connector is about, the rep hears something in time."""
        if not self._turns.acquire(blocking=False):
            raise StockError("The ERP is being asked by others and has not answered yet.")
        answers: SimpleQueue[Decimal | StockError | None] = SimpleQueue()
        threading.Thread(target=self._hear, args=(source, item, answers), name="live-stock", daemon=True).start()
        try:
            said = answers.get(timeout=self._seconds)
        except Empty:
            raise StockError(f"The ERP did not answer within {self._seconds:g} seconds.") from None
        if isinstance(said, StockError):
            raise said
        return said

    def _hear(self, source: StockSource, item: str, answers: SimpleQueue[Decimal | StockError | None]) -> None:
        try:
            answers.put(source.stock_now(item, self._seconds))
        except StockError as error:
            answers.put(error)
        except Exception as error:  # noqa: BLE001 - foreign code at the edge of our thread: whoever asked is told
            answers.put(StockError(f"The connector failed ({type(error).__name__})."))
        finally:
            self._turns.release()
