"""What a pack says of itself, besides what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Lot:
    batch: str = ""
    serial: str = ""
    expiry: date | None = None
    """Use by."""
    unverified: bool = False
    """Whether a lost separator cannot be excluded: each may hold the others' signs."""

    @property
    def words(self) -> str:
        """For people; empty where the pack says nothing."""
        parts = [f"{title} {value}" for title, value in (("batch", self.batch), ("serial", self.serial)) if value]
        parts += [f"use by {self.expiry.isoformat()}"] if self.expiry else []
        return ", ".join(parts) + (" (unverified)" if parts and self.unverified else "")


NO_LOT = Lot()
