"""ISBN and ISMN as people print and type them, made the EAN-13 that stands on the cover."""

from __future__ import annotations

import re

from wizterm.domain.barcodes.check_digits import is_gtin, with_check_digit

_WRITTEN = re.compile(r"[0-9M](?:[ -]*[0-9]){8,11}[ -]*[0-9X]", re.ASCII)
"""Ten to thirteen digits with blanks or hyphens between; an X or M where these numbers have one."""


def looks_written(text: str) -> bool:
    """Whether it is a number in groups, as on the back of a book: plain digits are left to other readers."""
    return (not text.isdigit()) and _WRITTEN.fullmatch(text.upper()) is not None


def ean13(text: str) -> str | None:
    """The EAN-13 of an ISBN-10, ISBN-13, ISMN-10 or ISMN-13 in groups; None where a check digit is wrong."""
    number = re.sub("[ -]", "", text.upper())
    if number.startswith("M") and len(number) == 10:
        number = f"9790{number[1:]}"
    if len(number) == 10 and _isbn10_checks(number):
        return with_check_digit(f"978{number[:9]}")
    return number if len(number) == 13 and is_gtin(number) else None


def _isbn10_checks(number: str) -> bool:
    """Modulo 11; X is ten, and only in the last place, as the pattern has it."""
    values = (10 if character == "X" else int(character) for character in number)
    return sum((10 - place) * value for place, value in enumerate(values)) % 11 == 0
