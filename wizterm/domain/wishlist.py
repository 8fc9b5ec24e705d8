"""What a customer would like to have some day, and how a change to it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class WishChange:
    """Products that came onto a list and products that left it, on one day."""

    day: date
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def changed(standing: Mapping[str, date], changes: Iterable[WishChange]) -> dict[str, date]:
    """The list after these changes: each product with the day since which it stands there.

    A change that was made already changes nothing, so it does not matter which of them the list has seen.
    """
    wished = dict(standing)
    for change in changes:
        for sku in change.removed:
            wished.pop(sku, None)
        for sku in change.added:
            wished.setdefault(sku, change.day)
    return wished
