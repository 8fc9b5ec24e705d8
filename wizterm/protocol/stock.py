"""`GET /v1/stock?sku=`: what the company's own system says of one product now, or else its last count."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec

PATH = "/v1/stock"


class LiveStock(msgspec.Struct, frozen=True, kw_only=True):
    sku: str
    quantity: Decimal | None
    """None where the company keeps no count of it."""
    counted_at: datetime | None
    """UTC; when the company's own system last said so."""
    reason: str = ""
    """Why it is the last count, where the company's own system was asked and did not say; a sentence."""
