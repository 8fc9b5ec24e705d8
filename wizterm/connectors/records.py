"""The records of an answer, looked at before anybody goes by them."""

from __future__ import annotations

from typing import Any

from wizterm.connectors.faults import NotDone
from wizterm.connectors.http import LONG


def records(said: Any, erp: str) -> list[dict[str, Any]]:
    """None where the answer leaves them out; raises `NotDone` where they are no list of records."""
    found = [] if said is None else said
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise NotDone(f"{erp} answers a question with something else than records.", LONG)
    return found
