"""Symbols as their modules: bars of ones and zeros, or a square of them. Nothing is drawn here.

What makes them is loaded with the first one: 30 ms, and Pillow with them, that no start has to wait for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from wizterm.domain.barcodes.check_digits import is_gtin

_TEXT = re.compile("[ -~]+")
_FNC1 = "\xf1"
_FIXED = ("00", "01", "02", "03", "04", "31", "32", "33", "34", "35", "36", "41", *(str(key) for key in range(11, 21)))
"""Beginnings of identifiers whose length every reader knows."""
LONGEST_BARS = 80
"""Characters of Code 128; beyond them no hand-held scanner takes the width."""
LONGEST_SQUARE = 1_000
_RETAIL = {8: "ean8", 12: "upca", 13: "ean13"}
_QUIET = {"ean8": 7, "upca": 9, "ean13": 11}
_QUIET_OTHERS = 10


class NoSymbolError(ValueError):
    """The text cannot stand in this kind of symbol; the message says why."""


@dataclass(frozen=True, slots=True)
class Symbol:
    rows: tuple[str, ...]
    """Modules from the top, 1 is dark. Bars have one row, as high as whoever draws them likes."""
    quiet: int
    """Modules of white that must stay around it."""
    caption: str
    """What people read under it."""

    @property
    def is_square(self) -> bool:
        return len(self.rows) > 1

    @property
    def width(self) -> int:
        """With the quiet zone on both sides."""
        return len(self.rows[0]) + 2 * self.quiet


@lru_cache(maxsize=256)
def bars(text: str) -> Symbol:
    """A GTIN as the symbol of its length (GS1-128 for a case), any other text as Code 128.

    A number with a wrong check digit is printed as the text that it is: none is put right in silence.
    """
    if not is_gtin(text):
        return code128(text)
    if len(text) == 14:
        return gs1_128((("01", text),))
    kind = _RETAIL[len(text)]
    return Symbol(_built(kind, text), _QUIET[kind], text)


def code128(text: str) -> Symbol:
    """Any text of ASCII signs."""
    if not _TEXT.fullmatch(text) or len(text) > LONGEST_BARS:
        raise NoSymbolError(f"{text[:40]!r} is no text for bars: expected 1 to {LONGEST_BARS} ASCII signs.")
    return Symbol(_built("code128", text), _QUIET_OTHERS, text)


def gs1_128(pairs: tuple[tuple[str, str], ...]) -> Symbol:
    """Application identifiers with their values; a separator ends each that has no fixed length."""
    text = "".join(key + value + ("" if key.startswith(_FIXED) else _FNC1) for key, value in pairs).rstrip(_FNC1)
    if not _TEXT.fullmatch(text.replace(_FNC1, "")) or len(text) > LONGEST_BARS:
        raise NoSymbolError(f"{text[:40]!r} is no GS1-128: expected ASCII values, {LONGEST_BARS} signs in all.")
    return Symbol(_built("gs1_128", text), _QUIET_OTHERS, "".join(f"({key}){value}" for key, value in pairs))


def square(text: str) -> Symbol:
    """A QR code."""
    if not 0 < len(text) <= LONGEST_SQUARE:
        raise NoSymbolError(f"A QR code takes 1 to {LONGEST_SQUARE} signs; {len(text)} came.")
    import segno  # noqa: PLC0415 - as above

    made = segno.make_qr(text, error="m")
    rows = tuple("".join("1" if module else "0" for module in row) for row in made.matrix)
    return Symbol(rows, 4, text)


def _built(kind: str, text: str) -> tuple[str, ...]:
    import barcode  # noqa: PLC0415 - as above

    made = barcode.get(kind, text)
    return (str(made.build()[0]).replace("G", "1"),)
