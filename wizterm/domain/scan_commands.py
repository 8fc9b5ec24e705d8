"""Barcodes that tell the program what to do: printed on a sheet, scanned instead of pressing keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

PREFIX = "WZ"
MOST_TIMES = 12
"""The largest quantity on the sheet; larger ones are typed."""
_TIMES = re.compile(f"{PREFIX}TIMES([1-9][0-9]?)", re.ASCII)


class Order(StrEnum):
    SUBMIT = "SUBMIT"
    NEW_CART = "NEWCART"
    SCAN_MODE = "SCANMODE"
    UNDO = "UNDO"
    LOOK_UP = "LOOKUP"
    TIMES = "TIMES"


@dataclass(frozen=True, slots=True)
class ScanCommand:
    order: Order
    times: int = 1
    """How many the next scan counts for."""

    @property
    def code(self) -> str:
        """What its barcode holds: letters and digits only, which every keyboard layout can be mended for."""
        return f"{PREFIX}{self.order}{self.times if self.order is Order.TIMES else ''}"

    @property
    def words(self) -> str:
        return f"× {self.times}" if self.order is Order.TIMES else _WORDS[self.order]


_WORDS = {
    Order.SUBMIT: "Submit the order",
    Order.NEW_CART: "New cart",
    Order.SCAN_MODE: "Scan mode on or off",
    Order.UNDO: "Take back the last scan",
    Order.LOOK_UP: "Look-up mode on or off",
}
COMMANDS = (
    *(ScanCommand(order) for order in _WORDS),
    *(ScanCommand(Order.TIMES, times) for times in range(1, MOST_TIMES + 1)),
)


def read_command(text: str) -> ScanCommand | None:
    """The command a text is, however it is capitalised; None for any other text."""
    upper = text.upper()
    if times := _TIMES.fullmatch(upper):
        return ScanCommand(Order.TIMES, int(times[1]))
    return next((command for command in COMMANDS if command.code == upper and command.order is not Order.TIMES), None)
