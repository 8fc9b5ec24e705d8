"""What a scanned text is: the identifier in front first, then its shape."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from wizterm.domain.barcodes import aim, books, digital_link, elements, layouts, measures, numbers
from wizterm.domain.barcodes.check_digits import digits, gtin14, is_gtin
from wizterm.domain.barcodes.elements import SEPARATOR, Message
from wizterm.domain.barcodes.reading import TEXT, Reading, ScanSettings, refused

LONGEST = 4_096
"""A large two-dimensional symbol holds less."""
_PLAIN = ScanSettings()
_BLANKS = " \t\r\n"
_LEADING_FNC1 = ("^", "␝", SEPARATOR)
_COMPOSITE = re.compile(r"\|\]e[0-3]")
_ELEMENTS = re.compile(r"01[0-9]{14}.*|02[0-9]{14}.*|00[0-9]{18}.*", re.DOTALL | re.ASCII)
"""What begins like an element string though no FNC1 says so."""
_FOREIGN = re.compile(r"[#$@\[\\\]^`{|}~␝]")
_ENVELOPE = "[)>\x1e"
"""ISO/IEC 15434, a wrapping of industry; format 05 inside is GS1's."""
_GS1_ENVELOPE = f"{_ENVELOPE}05{SEPARATOR}"
_FITS_TEXT = frozenset("CLQUdz")
"""Letters of AIM identifiers of symbols that hold any text, an article's GTIN as well."""


def classify(code: str, settings: ScanSettings = _PLAIN, *, today: date) -> Reading:
    """Read a code as a scanner typed it. Every text has an answer; a broken setting is said in `why`."""
    text = code.strip(_BLANKS)
    if not text:
        return refused(code, text, TEXT, "Nothing was scanned.")
    if len(text) > LONGEST:
        return refused(code, text, TEXT, f"{len(text)} characters are more than one symbol holds: scan it again.")
    try:
        reading = _read(code, text, settings, today)
        return _repaired(reading, settings, today) if settings.layout_repair else reading
    except (measures.RuleError, layouts.LayoutError) as error:
        return refused(code, text, TEXT, str(error))


def _repaired(reading: Reading, settings: ScanSettings, today: date) -> Reading:
    """The reading of what was meant, where what came is no number of the trade."""
    if reading.gtin14 or reading.elements:
        return reading
    meant = layouts.repairs(reading.text, settings.layout_repair)
    if not meant:
        return reading
    found = _read(reading.raw, meant[0], replace(settings, layout_repair=""), today)
    return replace(found, why=found.why or f"Typed through a {settings.layout_repair} keyboard, it is {meant[0]}.")


def _read(raw: str, text: str, settings: ScanSettings, today: date) -> Reading:
    identifier, payload = aim.split(text)
    if identifier:
        return _identified(raw, payload, identifier, settings, today)
    if text.startswith("]"):
        return refused(raw, text, TEXT, f"{text[:3]!r} is no AIM identifier.")
    if digits(text) and (numbers.scanned_twice(text) or not _ELEMENTS.fullmatch(text)):
        return numbers.read(raw, text, settings)
    return _shaped(raw, text, settings, today)


def _identified(raw: str, text: str, identifier: str, settings: ScanSettings, today: date) -> Reading:
    if aim.is_gs1(identifier):
        return _message(raw, text, aim.symbology(identifier), elements.read(_separated(text, settings)), today)
    if identifier[0] == "E":
        return _retail(raw, text, identifier, settings)
    return _general(raw, text, identifier, today)


def _general(raw: str, text: str, identifier: str, today: date) -> Reading:
    """What stands in a symbol that may hold anything."""
    name = aim.symbology(identifier)
    if digital_link.is_address(text):
        return _address(raw, text, name, today)
    if text.startswith(_GS1_ENVELOPE):
        return _message(raw, text, name, elements.read(_unwrapped(text)), today)
    if identifier[0] == "I" and len(text) == 14:
        return numbers.case(raw, text)
    holds_gtin = identifier[0] in _FITS_TEXT and len(text) in {12, 13, 14} and is_gtin(text)
    return Reading(raw, text, name, gtin14=gtin14(text) if holds_gtin else None)


def _retail(raw: str, text: str, identifier: str, settings: ScanSettings) -> Reading:
    name = aim.symbology(identifier)
    number = _COMPOSITE.split(text, maxsplit=1)[0]
    if not digits(number):
        return refused(raw, text, name, f"An {name} holds digits only.")
    if identifier in {"E1", "E2"}:
        return Reading(raw, text, name, why="This is an add-on alone: scan the larger bars too.")
    if len(number) in {14, 15, 17, 18}:
        return numbers.with_add_on(raw, number, 13 if len(number) in {15, 18} else 12)
    reading = numbers.of_symbol(raw, number, name, settings)
    return replace(reading, symbology=f"{reading.symbology} composite") if number != text else reading


def _shaped(raw: str, text: str, settings: ScanSettings, today: date) -> Reading:
    """Texts that say by their look what they are; what says nothing is an article code, perhaps."""
    for looks, read in _SHAPES:
        if looks(text, settings):
            return read(raw, text, settings, today)
    if not text.isascii() and any(sign.isdigit() and not sign.isascii() for sign in text):
        return refused(raw, text, TEXT, "Its digits are not 0 to 9 but those of another script.")
    return Reading(raw, text)


def _is_message(text: str, settings: ScanSettings) -> bool:
    if text.startswith(_LEADING_FNC1) and text[1:3].isdigit():
        return True
    separated = SEPARATOR in text or (text[:2].isdigit() and SEPARATOR in _separated(text, settings))
    return separated or _ELEMENTS.fullmatch(text) is not None


def _read_message(raw: str, text: str, settings: ScanSettings, today: date) -> Reading:
    message = elements.read(_separated(text, settings))
    if message.fault and message.gtin14 and (guess := _substitute(text)):
        guessed = elements.read(text.replace(guess, SEPARATOR))
        message = message if guessed.fault else guessed
    return _message(raw, text, "GS1 element string", message, today)


def _substitute(text: str) -> str:
    """A sign that no GS1 value holds, where there is one kind of it: it can only stand for the separator."""
    foreign = set(_FOREIGN.findall(text))
    return foreign.pop() if len(foreign) == 1 else ""


def _read_envelope(raw: str, text: str, settings: ScanSettings, today: date) -> Reading:  # noqa: ARG001 - one signature for all shapes
    if text.startswith(_GS1_ENVELOPE):
        return _message(raw, text, "ISO 15434", elements.read(_unwrapped(text)), today)
    return Reading(raw, text, "ISO 15434", why="This is an industry's wrapping (ISO 15434), not GS1 data.")


def _read_bracketed(raw: str, text: str, settings: ScanSettings, today: date) -> Reading:  # noqa: ARG001 - as above
    return _message(raw, text, "GS1 HRI text", elements.read_bracketed(text), today)


def _read_address(raw: str, text: str, settings: ScanSettings, today: date) -> Reading:  # noqa: ARG001 - as above
    return _address(raw, text, "QR", today)


def _read_book(raw: str, text: str, settings: ScanSettings, today: date) -> Reading:  # noqa: ARG001 - as above
    number = books.ean13(text)
    if number is None:
        return refused(raw, text, "ISBN text", "Its check digit is wrong, or digits are missing.")
    return Reading(raw, text, "ISBN text", gtin14=gtin14(number))


_Looks = Callable[[str, ScanSettings], bool]
_SHAPES: tuple[tuple[_Looks, Callable[[str, str, ScanSettings, date], Reading]], ...] = (
    (lambda text, _: text.startswith(_ENVELOPE), _read_envelope),
    (lambda text, _: digital_link.is_address(text), _read_address),
    (lambda text, _: text.startswith("("), _read_bracketed),
    (_is_message, _read_message),
    (lambda text, _: books.looks_written(text), _read_book),
)


def _separated(text: str, settings: ScanSettings) -> str:
    """With the group separator wherever the scanner typed something else for it."""
    if settings.fnc1_substitute:
        text = text.replace(settings.fnc1_substitute, SEPARATOR)
    if text.startswith("^"):
        text = text.replace("^", SEPARATOR)
    return text.replace("␝", SEPARATOR)


def _unwrapped(text: str) -> str:
    return text.removeprefix(_GS1_ENVELOPE).rstrip("\x04").rstrip("\x1e")


def _address(raw: str, text: str, name: str, today: date) -> Reading:
    link = digital_link.read(text)
    if not link.names_something:
        return Reading(raw, text, name, why=link.message.fault)
    return _message(raw, text, "GS1 Digital Link", link.message, today)


def _message(raw: str, text: str, name: str, message: Message, today: date) -> Reading:
    gtin = message.gtin14
    if message.fault:
        return replace(refused(raw, text, name, message.fault), gtin14=gtin, elements=message.pairs)
    return Reading(
        raw,
        text,
        name,
        gtin14=gtin,
        elements=message.pairs,
        batch=message.get("10"),
        serial=message.get("21"),
        expiry=elements.expiry(message, today),
        why=_told(message),
        unverified=message.unverified,
    )


def _told(message: Message) -> str:
    if message.unverified:
        return "A lost separator cannot be excluded: compare batch, serial and date with the pack."
    if message.get("01") is None and (message.get("00") or message.get("02")):
        return "This is a pallet or parcel, not a product."
    return ""
