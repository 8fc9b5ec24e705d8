"""Learning a keyboard: codes that hold every sign are scanned, and what arrives is the table back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_lowercase, ascii_uppercase, digits

_SIGNS = "-._/:%?&#()+$*][=,;@"
"""What stands in article codes, GS1 values, AIM identifiers and web addresses."""
BETWEEN = "0"
"""Parts the signs: a dead key may swallow or double what follows it, and this shows where each one ends."""
CODES = (digits + ascii_uppercase, ascii_lowercase, BETWEEN + "".join(sign + BETWEEN for sign in _SIGNS))


class CalibrationError(ValueError):
    """What arrived is not the calibration code; the message says what to do."""


def check(typed: Sequence[str]) -> None:
    """Raises `CalibrationError` where one of the codes that have arrived so far is not whole."""
    for place, (arrived, code) in enumerate(zip(typed[:2], CODES, strict=False), start=1):
        if len(arrived) != len(code) or len(set(arrived)) != len(code):
            raise CalibrationError(f"Code {place} arrived with {len(arrived)} signs of {len(code)}: scan it again.")
    if len(typed) > 2:
        _parts(typed[2], between=typed[0][0])


def learn(typed: Sequence[str]) -> dict[str, str]:
    """What each sign that arrives stands for, from the codes as they arrived, in their order; only what differs."""
    if len(typed) != len(CODES):
        raise CalibrationError(f"Expected {len(CODES)} codes, got {len(typed)}: scan each of the sheet once.")
    check(typed)
    table: dict[str, str] = {}
    for arrived, code in zip(typed[:2], CODES, strict=False):
        table |= dict(zip(arrived, code, strict=True))
    for part, sign in zip(_parts(typed[2], between=typed[0][0]), _SIGNS, strict=True):
        if part:
            table.setdefault(part, sign)
    return {arrived: meant for arrived, meant in table.items() if arrived != meant}


def repaired(text: str, table: Mapping[str, str]) -> str:
    """The text as the scanner meant it."""
    for arrived in sorted((key for key in table if len(key) > 1), key=len, reverse=True):
        text = text.replace(arrived, table[arrived])
    return "".join(table.get(sign, sign) for sign in text)


def _parts(arrived: str, *, between: str) -> list[str]:
    parts = arrived.split(between)[1:-1]
    if len(parts) != len(_SIGNS):
        raise CalibrationError(f"Code 3 arrived with {len(parts)} signs of {len(_SIGNS)}: scan it again.")
    return parts
