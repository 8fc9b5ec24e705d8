"""AIM symbology identifiers: the three characters, such as ]C1, that say what kind of symbol was scanned."""

from __future__ import annotations

import re

_IDENTIFIER = re.compile(r"\](?P<letter>[A-Zac-eopsz])(?P<modifier>[0-9A-Fa-f])")
_GS1 = frozenset({"C1", "e0", "e1", "e2", "e3", "d2", "d5", "Q3", "Q4", "J1", "J4", "z1", "z4"})
_NAMES = {
    "C1": "GS1-128",
    "d2": "GS1 DataMatrix",
    "d5": "GS1 DataMatrix",
    "Q3": "GS1 QR Code",
    "Q4": "GS1 QR Code",
    "J1": "GS1 DotCode",
    "J4": "GS1 DotCode",
    "E4": "EAN-8",
    "E1": "add-on",
    "E2": "add-on",
    "A4": "Code 39 Full ASCII",
}
_FAMILIES = {
    "A": "Code 39",
    "B": "Telepen",
    "C": "Code 128",
    "E": "EAN-13",
    "F": "Codabar",
    "G": "Code 93",
    "H": "Code 11",
    "I": "ITF",
    "J": "DotCode",
    "L": "PDF417",
    "M": "MSI",
    "P": "Plessey",
    "Q": "QR",
    "R": "2 of 5",
    "S": "2 of 5",
    "U": "MaxiCode",
    "d": "DataMatrix",
    "e": "GS1 DataBar",
    "o": "OCR",
    "z": "Aztec",
}
_OTHER = "other symbol"


def split(text: str) -> tuple[str, str]:
    """The identifier without its bracket, empty where there is none, and what it was put before."""
    found = _IDENTIFIER.match(text)
    return (found["letter"] + found["modifier"], text[3:]) if found else ("", text)


def is_gs1(identifier: str) -> bool:
    """Whether the symbol says of itself that it holds GS1 element strings."""
    return identifier in _GS1


def symbology(identifier: str) -> str:
    return _NAMES.get(identifier) or _FAMILIES.get(identifier[:1], _OTHER)
