"""Live stock, which only a network can bring."""

from __future__ import annotations

from litestar import get
from litestar.params import FromQuery

from wizterm.protocol import stock
from wizterm.protocol.stock import LiveStock
from wizterm.server.routes.asking import AnyRequest, problems, protocol, token


@get(stock.PATH, sync_to_thread=True, responses=problems(404))
def live_stock(request: AnyRequest, sku: FromQuery[str]) -> LiveStock:
    """What the store says of one product now."""
    return protocol(request).stock(token(request), sku)
