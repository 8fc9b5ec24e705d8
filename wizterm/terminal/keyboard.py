"""What the keyboard between scanner and program makes of each sign, as it was learnt from the set-up sheet."""

from __future__ import annotations

from collections.abc import Mapping

from wizterm.domain.barcodes.calibration import repaired


class Keyboard:
    """The table may be replaced at any time, by any thread."""

    def __init__(self, table: Mapping[str, str] | None = None) -> None:
        self.table = table or {}

    def meant(self, text: str) -> str:
        """A scanned text as the scanner meant it."""
        return repaired(text, self.table) if self.table else text
