"""Connectors that can say what lies in the warehouse this moment."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol, runtime_checkable


class StockError(Exception):
    """The ERP cannot say it now; the message says why, in a sentence."""


@runtime_checkable
class StockSource(Protocol):
    def stock_now(self, item: str, seconds: float) -> Decimal | None:
        """How much there is of what the ERP calls so, in the unit it is sold in; None where it keeps no count of it.

        Somebody stands in a shop and waits: answer within so many seconds, or raise `StockError`.
        """
        ...
