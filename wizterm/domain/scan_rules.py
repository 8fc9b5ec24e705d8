"""What a company says once of its scanner and its codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from wizterm.domain.barcodes.reading import ScanSettings


class Rounding(StrEnum):
    """What becomes of a scanned count that cannot be ordered."""

    UP = "up"
    EXACT = "exact"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class ScanRules:
    rounding: Rounding = Rounding.UP
    reading: ScanSettings = field(default_factory=ScanSettings)


USUAL_SCANS = ScanRules()
