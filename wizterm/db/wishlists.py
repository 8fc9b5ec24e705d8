"""Reading the rep's part of the replica: what customers would like to have."""

from __future__ import annotations

from datetime import date

from wizterm.db.replica_reader import ReplicaReader


class Wishlists:
    def __init__(self, reader: ReplicaReader) -> None:
        self._reader = reader

    def of(self, customer: str) -> dict[str, date]:
        """Products by SKU, with the day since which each stands there."""
        rows = self._reader.rows("SELECT sku, wished_on FROM wishlists WHERE customer = ?", (customer,))
        return {sku: date.fromisoformat(day) for sku, day in rows}
