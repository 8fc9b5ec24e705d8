"""Creating something that QuickBooks has at most once, however often it is asked to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from wizterm.connectors.quickbooks.answers import Objection, Row
from wizterm.connectors.quickbooks.calls import Calls


def create_once(
    calls: Calls,
    entity: str,
    candidates: Sequence[Row],
    *,
    request: str,
    there: Callable[[], Row | None],
    today: date,
) -> Row:
    """The first of the candidates whose number or name nobody bears; `there` looks for what an earlier try made.

    QuickBooks answers a request that it has seen as it did then, and it is not known whether that holds for a refusal:
    so what was refused is asked once more under a name of the day. Raises a `Fault`, `Objection` where it is refused.
    """
    for place, values in enumerate(candidates):
        name = f"{request}.{place}" if place else request
        try:
            return calls.write(entity, values, name)
        except Objection as objection:
            if made := there():
                return made
            if not objection.taken:
                return calls.write(entity, values, f"{name}.{today:%y%m%d}")
            last = objection
    raise last
