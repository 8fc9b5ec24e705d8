"""Plain digits: which number of the trade they are, and what else they may be."""

from __future__ import annotations

from dataclasses import replace

from wizterm.domain.barcodes import measures, upce
from wizterm.domain.barcodes.check_digits import checks, digits, gtin14, is_gtin
from wizterm.domain.barcodes.reading import Reading, ScanSettings, refused

NAMES = {8: "EAN-8", 12: "UPC-A", 13: "EAN-13", 14: "ITF-14"}
_BOOKLAND = ("977", "978", "979")
_WRONG = "Its check digit is wrong."


def read(raw: str, text: str, settings: ScanSettings) -> Reading:
    """Digits of which nobody has said what symbol they come from."""
    if measured := _measured(raw, text, settings):
        return measured
    if len(text) in {6, 7, 8}:
        return _short(raw, text, settings)
    return _full(raw, text) if len(text) in NAMES else _joined(raw, text)


def case(raw: str, text: str) -> Reading:
    """The fourteen digits on an outer case."""
    return _full(raw, text) if len(text) == 14 and digits(text) else Reading(raw, text, "ITF")


def of_symbol(raw: str, text: str, name: str, settings: ScanSettings) -> Reading:
    """Digits of a retail symbol, whose reader says so: EAN-8 is EAN-8, and eight others are a UPC-E."""
    if name == "EAN-8" and len(text) != 8:
        return refused(raw, text, name, f"An EAN-8 has 8 digits; {len(text)} came.")
    if name != "EAN-8" and len(text) in {6, 7, 8}:
        expanded = upce.expand(text)
        return _gtin(raw, text, "UPC-E", expanded) if expanded else refused(raw, text, "UPC-E", _WRONG)
    if len(text) in {8, 12, 13}:
        return _measured(raw, text, settings) or _full(raw, text)
    return refused(raw, text, name, f"An EAN or UPC has 8, 12 or 13 digits; {len(text)} came.")


def with_add_on(raw: str, text: str, length: int) -> Reading:
    """A number with the two or five digits beside it, which say the issue or the price."""
    if not is_gtin(text[:length]):
        return refused(raw, text, "EAN-13+add-on", _WRONG)
    why = f"The add-on {text[length:]} was left out."
    return replace(_gtin(raw, text[:length], "EAN-13+add-on", text[:length]), why=why)


def _short(raw: str, text: str, settings: ScanSettings) -> Reading:
    expanded = upce.expand(text) if len(text) == 8 or settings.upce_short else None
    ean = text if is_gtin(text) else None
    if expanded and ean:
        upce_first = settings.upce_short or text[0] == "0"
        first, second = (expanded, ean) if upce_first else (ean, expanded)
        why = f"It is a right EAN-8 and a right UPC-E, which is {expanded} in full."
        name = "UPC-E" if upce_first else "EAN-8"
        return replace(_gtin(raw, text, name, first), others=(gtin14(second),), why=why)
    if expanded or ean:
        return _gtin(raw, text, "UPC-E" if expanded else "EAN-8", expanded or text)
    if len(text) == 8:
        return refused(raw, text, "EAN-8", _WRONG if text.strip("0") else "All zeros are no product.")
    return Reading(raw, text)


def _full(raw: str, text: str) -> Reading:
    name = "UPC-A" if len(text) == 13 and text.startswith("0") else NAMES[len(text)]
    if is_gtin(text):
        return _gtin(raw, text, name, text)
    return refused(raw, text, name, _WRONG if text.strip("0") else "All zeros are no product.")


def _joined(raw: str, text: str) -> Reading:
    """Longer than any GTIN: a number with its add-on, a pallet's, or one scanned twice."""
    if scanned_twice(text):
        return refused(raw, text, "text", "The same code was scanned twice into one: scan it again.")
    if len(text) == 18 and checks(text) and not text.startswith(_BOOKLAND):
        return Reading(raw, text, "SSCC", why="This is the number of a pallet or parcel, not of a product.")
    if len(text) in {15, 18} and is_gtin(text[:13]):
        return with_add_on(raw, text, 13)
    return Reading(raw, text)


def _measured(raw: str, text: str, settings: ScanSettings) -> Reading | None:
    """An in-store number; a store's own label may have any check digit, so that a wrong one is no fault."""
    if not (settings.rule or settings.rcn_region) or len(text) > 14:
        return None
    found = measures.measured(text, settings)
    if found is None:
        return None
    rule, form = found
    name = f"{NAMES.get(len(form), 'number')} in store"
    own = bool(settings.rule)
    if not rule.holds(form):
        return refused(raw, text, name, "The digit that guards its weight or price is wrong.")
    if not is_gtin(form):
        reading = Reading(raw, text, name, measure=rule.measure(form))
        return reading if own else refused(raw, text, name, _WRONG)
    return replace(_gtin(raw, text, name, form), measure=rule.measure(form))


def _gtin(raw: str, text: str, name: str, number: str) -> Reading:
    return Reading(raw, text, name, gtin14=gtin14(number))


def scanned_twice(text: str) -> bool:
    half = len(text) // 2
    return len(text) % 2 == 0 and text[:half] == text[half:] and is_gtin(text[:half])
