"""The calls of one errand: they end together, before another worker takes the delivery for abandoned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wizterm.connectors.base import LEASE_SECONDS
from wizterm.connectors.faults import NotDone
from wizterm.connectors.http import READ_SECONDS, SOON
from wizterm.connectors.tryton.rpc import Rpc

ERRAND_SECONDS = LEASE_SECONDS - 20
"""Room for the last call to be answered, and the answer to be written down."""
LEAST_SECONDS = 1.0
"""With less a call is not begun."""
Row = dict[str, Any]


class Calls:
    def __init__(self, rpc: Rpc, monotonic: Callable[[], float], seconds: float = ERRAND_SECONDS) -> None:
        """They end within so many seconds, but for a sign-in that is needed first."""
        self._rpc = rpc
        self._monotonic = monotonic
        self._seconds = seconds
        self._until = monotonic() + seconds

    def model(self, model: str, method: str, *params: Any, **context: Any) -> Any:
        """Raises a `Fault`."""
        left = self._until - self._monotonic()
        if left < LEAST_SECONDS:
            raise NotDone(f"Tryton took more than {self._seconds:.0f} seconds.", SOON)
        self._rpc.signed_in()
        said = {**self._rpc.context, **context}
        return self._rpc.call(f"model.{model}.{method}", *params, said, read_seconds=min(left, READ_SECONDS))

    def search(
        self,
        model: str,
        domain: Sequence[Any],
        fields: Sequence[str],
        *,
        most: int | None = None,
        order: Sequence[tuple[str, str]] | None = None,
        **context: Any,
    ) -> list[Row]:
        found: list[Row] = self.model(model, "search_read", list(domain), 0, most, order, list(fields), **context)
        return found

    def create(self, model: str, values: Row) -> int:
        """Gives its number within Tryton."""
        (made,) = self.model(model, "create", [values])
        return int(made)

    def fields(self, model: str) -> frozenset[str]:
        return frozenset(self.model(model, "fields_get", []))

    @property
    def company(self) -> int:
        self._rpc.signed_in()
        return int(self._rpc.context.get("company", 0))
