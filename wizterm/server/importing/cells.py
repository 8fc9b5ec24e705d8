"""What a cell may hold, column by column: each reader gives the one form that is stored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from wizterm.domain.money import AmountError, currency, read_amount
from wizterm.server.importing.faults import CellError

LONGEST_TEXT = 10_000
LONGEST_NAME = 200
MOST_WHOLE = 1_000
GTIN_LENGTHS = (8, 12, 13, 14)
_WORDS = {"1": "1", "yes": "1", "true": "1", "y": "1", "0": "0", "no": "0", "false": "0", "n": "0", "": "0"}


def text(cell: str) -> str:
    """Any text is data, whatever it looks like."""
    if "\0" in cell:
        raise CellError("text without NUL characters")
    if len(cell) > LONGEST_TEXT:
        raise CellError(f"at most {LONGEST_TEXT} characters")
    return cell.strip()


def name(cell: str) -> str:
    """A name or code that other rows refer to."""
    if len(cell) > LONGEST_NAME:
        raise CellError(f"at most {LONGEST_NAME} characters")
    return text(cell)


def amount(cell: str) -> str:
    return _decimal(cell, "an amount such as 12.50", least=Decimal(0), below="an amount that is not negative")


def balance(cell: str) -> str:
    """An amount that may be below zero."""
    return _decimal(cell, "an amount such as 12.50 or -3")


def quantity(cell: str) -> str:
    return _decimal(cell, "a quantity such as 12 or 0.5")


def count(cell: str) -> str:
    """A quantity above zero."""
    read = _decimal(cell, "a quantity above 0, such as 12", least=Decimal(0))
    if read == "0":
        raise CellError("a quantity above 0, such as 12")
    return read


def whole(cell: str) -> str:
    digits = cell.strip()
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) <= 4 and int(digits) <= MOST_WHOLE):
        raise CellError(f"a whole number from 0 to {MOST_WHOLE}")
    return digits


def break_from(cell: str) -> str:
    """The quantity a price begins at: 1 where nothing is said."""
    return count(cell) or "1"


def day(cell: str) -> str:
    if not cell.strip():
        return ""
    try:
        return date.fromisoformat(cell.strip()[:10]).isoformat()
    except ValueError as error:
        raise CellError("a date such as 2026-11-30") from error


def yes_or_no(cell: str) -> str:
    try:
        return _WORDS[cell.strip().lower()]
    except KeyError as error:
        raise CellError("yes or no") from error


def yes_unless_no(cell: str) -> str:
    """An empty cell is a yes."""
    return yes_or_no(cell) if cell.strip() else "1"


def percent(cell: str) -> str:
    read = _decimal(cell, "a percentage from 0 to 100", least=Decimal(0))
    if read and Decimal(read) > 100:
        raise CellError("a percentage from 0 to 100")
    return read


def names(cell: str) -> str:
    """Several names with semicolons between."""
    return ";".join(name(part) for part in cell.split(";") if part.strip())


def currency_code(cell: str) -> str:
    try:
        return currency(cell.strip()).code if cell.strip() else ""
    except AmountError as error:
        raise CellError("a currency of three capital letters such as GBP") from error


def gtin(cell: str) -> str:
    digits = cell.strip()
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) in GTIN_LENGTHS):
        raise CellError("a GTIN of 8, 12, 13 or 14 digits")
    return digits


def _decimal(cell: str, expected: str, *, least: Decimal | None = None, below: str = "") -> str:
    """`below` is what was expected in place of a number under the least, where that has words of its own."""
    if not cell.strip():
        return ""
    try:
        read = read_amount(cell)
    except AmountError as error:
        raise CellError(expected) from error
    if least is not None and read < least:
        raise CellError(below or expected)
    return f"{read.normalize():f}" if read else "0"
