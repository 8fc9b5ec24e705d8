"""GS1 element strings: what follows each application identifier, taken apart by biip and checked further here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from wizterm.domain.barcodes.contents import fault_of

if TYPE_CHECKING:
    from collections.abc import Iterable

SEPARATOR = "\x1d"
"""ASCII 29, group separator: how a reader sends the FNC1 between elements."""
_HRI = re.compile(r"\(([0-9]{2,4})\)")
_LONGEST = 2_000
"""Far above what any symbol holds with one message; more is two scans run together, or an attack."""
_TAIL = re.compile(r"(?:1[1-7][0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])|3[07][0-9]{1,4}|310[0-5][0-9]{6})")
_FREE = frozenset({"10", "21", "22", "240", "241"})
"""Identifiers whose value takes any sign, and so swallows what follows when a separator is lost."""


@dataclass(frozen=True, slots=True)
class Message:
    pairs: tuple[tuple[str, str], ...] = ()
    """What was understood before the fault, or everything."""
    fault: str = ""
    unverified: bool = False

    def get(self, identifier: str) -> str | None:
        return next((value for key, value in self.pairs if key == identifier), None)

    @property
    def gtin14(self) -> str | None:
        """The GTIN of the thing scanned; from a faulty message only when it comes first, where nothing can shift it."""
        if self.fault:
            return self.pairs[0][1] if self.pairs and self.pairs[0][0] == "01" else None
        return self.get("01")


def read(data: str) -> Message:
    """A message as a reader sends it."""
    if len(data) > _LONGEST:
        return Message(fault=f"{len(data)} characters are more than one symbol holds: scan it again, alone.")
    pairs: list[tuple[str, str]] = []
    rest = data.lstrip(SEPARATOR)
    while rest:
        found, fault = _first(rest)
        if found is None:
            return Message(tuple(pairs), fault)
        key, value, needs_end = found
        rest = rest[len(key) + len(value) :]
        if needs_end and rest and not rest.startswith(SEPARATOR):
            return Message(tuple(pairs), f"({key}) is too long, or the separator after it was lost.")
        pairs.append((key, value))
        if fault := _doubled(pairs):
            return Message(tuple(pairs), fault)
        rest = rest.lstrip(SEPARATOR)
    if not pairs:
        return Message(fault="There is nothing in it.")
    return Message(tuple(pairs), unverified=_may_hide(pairs[-1], data))


def read_bracketed(text: str) -> Message:
    """A message as it is printed for people, with each identifier in brackets."""
    parts = _HRI.split(text)
    if parts[0].strip() or len(parts) < 3:
        return Message(fault="Application identifiers in brackets were expected, such as (01) or (10).")
    return of_pairs((key, value.strip(" ")) for key, value in zip(parts[1::2], parts[2::2], strict=True))


def of_pairs(given: Iterable[tuple[str, str]]) -> Message:
    """A message whose values are already apart."""
    pairs: list[tuple[str, str]] = []
    for key, value in given:
        found, fault = _first(key + value)
        if found is not None and found[:2] != (key, value):
            fault = f"({key}) does not take {value[:40]!r}."
        if fault:
            return Message(tuple(pairs), fault)
        pairs.append((key, value))
        if fault := _doubled(pairs):
            return Message(tuple(pairs), fault)
    return Message(tuple(pairs)) if pairs else Message(fault="There is nothing in it.")


def is_identifier(key: str) -> bool:
    return key in _biip().identifiers


def prepare() -> None:
    """Load the tables ahead of the first message, where nobody waits for them."""
    _biip()


def expiry(message: Message, today: date) -> date | None:
    """The use-by date, its century the one that lies nearest to today; day 00 is the month's end."""
    text = message.get("17")
    return None if text is None else gs1_date(text, today)


def gs1_date(text: str, today: date) -> date:
    year = today.year - today.year % 100 + int(text[:2])
    if year - today.year >= 51:
        year -= 100
    elif year - today.year <= -50:
        year += 100
    month, day = int(text[2:4]), int(text[4:])
    if day:
        return date(year, month, day)
    after = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


@dataclass(frozen=True, slots=True)
class _Biip:
    parse: Any
    config: Any
    errors: tuple[type[Exception], ...]
    identifiers: Any


@lru_cache(maxsize=1)
def _biip() -> _Biip:
    """Loaded at the first element string: its tables take 160 ms, which plain numbers need not pay."""
    from biip import ParseConfig, ParseError  # noqa: PLC0415 - as the docstring says
    from biip.gs1_application_identifiers import _GS1_APPLICATION_IDENTIFIERS  # noqa: PLC0415 - as above
    from biip.gs1_element_strings import GS1ElementString  # noqa: PLC0415 - as above

    return _Biip(
        parse=GS1ElementString.extract,
        config=ParseConfig(),
        errors=(ParseError, ValueError),
        identifiers=_GS1_APPLICATION_IDENTIFIERS,
    )


def _first(data: str) -> tuple[tuple[str, str, bool] | None, str]:
    """The first element as key, value and whether a separator must end it; or the fault."""
    biip = _biip()
    try:
        element = biip.parse(data, config=biip.config)
    except biip.errors:
        return None, f"No element of a GS1 message begins with {data[:24]!r}."
    key, value = element.ai.ai, element.value
    fault = fault_of(key, value)
    if fault or not value:
        return None, f"({key}) {fault or 'is empty.'}"
    padded_count = key == "30" and len(value) == 8
    return (key, value, element.ai.separator_required and not padded_count), ""


def _doubled(pairs: list[tuple[str, str]]) -> str:
    key, value = pairs[-1]
    other = next((old for known, old in pairs[:-1] if known == key and old != value), None)
    return "" if other is None else f"({key}) is there twice, as {other[:24]!r} and {value[:24]!r}."


def _may_hide(last: tuple[str, str], data: str) -> bool:
    """Whether the last value may have swallowed elements whose separators were lost."""
    key, value = last
    return key in _FREE and SEPARATOR not in data and _TAIL.search(value, 1) is not None
