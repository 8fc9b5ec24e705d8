"""What was read in a scanned text, and the settings that a text alone cannot answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wizterm.domain.text import plain

TEXT = "text"
"""The symbology of what came without an AIM identifier and is no number of the trade."""


@dataclass(frozen=True, slots=True)
class ScanSettings:
    rcn_region: str = ""
    """Whose rules say where in-store numbers carry weight or price: dk, ee, fi, de, gb, lv, lt, no, se or us."""
    upce_short: bool = False
    """Whether the scanner sends UPC-E as 6, 7 or 8 digits, so that such a number is no short article code."""
    fnc1_substitute: str = ""
    """What the scanner types in place of the group separator, such as | or #."""
    layout_repair: str = ""
    """The keyboard layout the machine has while the scanner types as on a US one: fr, de, it …"""
    rule: str = ""
    """The store's own pattern of in-store numbers, such as 22......{NNDD}. or 622IIIIIWWWWC."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A weight, price or count inside a number."""

    kind: str
    value: Decimal
    lookup: str
    """The number with the value zeroed and its check digits made right again: what a catalogue knows it by."""


@dataclass(frozen=True, slots=True)
class Reading:
    raw: str
    """As it was scanned."""
    text: str
    """Without identifiers, add-ons and blanks around it: what an article code is compared with."""
    symbology: str = TEXT
    gtin14: str | None = None
    others: tuple[str, ...] = ()
    """Further GTIN-14 that the same text may mean; where a catalogue knows more than one, a person is asked."""
    elements: tuple[tuple[str, str], ...] = ()
    """GS1 application identifiers with their values, in order."""
    batch: str | None = None
    serial: str | None = None
    expiry: date | None = None
    measure: Measure | None = None
    valid: bool = True
    why: str = ""
    """A sentence for a person where the text is wrong or says more than was taken."""
    unverified: bool = False
    """Whether a lost separator cannot be excluded: batch, serial and expiry may hold each other's characters."""

    @property
    def visible(self) -> str:
        """The raw text with its control characters to be seen."""
        return plain(self.raw)


def refused(raw: str, text: str, symbology: str, why: str) -> Reading:
    """A text that breaks the rules of what it claims to be."""
    return Reading(raw, text, symbology, valid=False, why=why)
