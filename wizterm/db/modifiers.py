"""Reading what can be chosen with a product."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from wizterm.db.replica_reader import ReplicaReader
from wizterm.domain.options import Modifier, Option


class Modifiers:
    def __init__(self, reader: ReplicaReader) -> None:
        self._reader = reader

    def of(self, sku: str, currency: str) -> tuple[Modifier, ...]:
        """The product's modifiers, with the options that have a surcharge in this currency."""
        options = defaultdict(list)
        for modifier, name, surcharge in self._reader.rows(
            "SELECT modifier, name, surcharge FROM modifier_options WHERE sku = ? AND currency = ? ORDER BY position",
            (sku, currency),
        ):
            options[modifier].append(Option(name, Decimal(surcharge)))
        rows = self._reader.rows("SELECT id, name, least, most FROM modifiers WHERE sku = ? ORDER BY position", (sku,))
        return tuple(Modifier(name, least, most, tuple(options[key])) for key, name, least, most in rows)
