"""A page as shapes in millimetres from its upper left corner: what SVG and PDF are both made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal
from unicodedata import east_asian_width

from wizterm.paper.symbols import Symbol

Anchor = Literal["start", "middle", "end"]
POINT = 25.4 / 72
"""A typographer's point in millimetres."""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text that stands on y."""

    x: float
    y: float
    text: str
    points: float
    bold: bool = False
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True)
class Trace:
    """A line drawn through these places, as by a pen."""

    places: tuple[tuple[float, float], ...]
    thickness: float = 0.3


Shape = Box | Words | Trace


@dataclass(frozen=True, slots=True)
class Page:
    width: float
    height: float
    shapes: tuple[Shape, ...]


DOT = 25.4 / 300
"""Of an office printer, in millimetres; those of 600 and 1200 dpi divide it."""
HAIR = 0.01
"""Millimetres left off on both sides of a bar: PDF paints every dot that a shape touches, however little."""
A4 = (210.0, 297.0)
LETTER = (215.9, 279.4)
SIZES = {"a4": A4, "letter": LETTER}
LETTER_WIDTH = 0.52
"""Of a common face, in its height."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A place on a page."""

    x: float
    y: float
    width: float
    height: float


def drawn(symbol: Symbol, frame: Frame, *, widest: float = 0.51, dot: float = DOT) -> Iterator[Shape]:
    """The symbol in the middle of the frame, its modules as wide as fit, with its quiet zone around it.

    Bars fill the frame's height. Modules are whole dots of the printer and begin on one: bars that are rounded to dots
    one by one can be read as other digits.
    """
    room = min(frame.width, frame.height) if symbol.is_square else frame.width
    module = max(1, int(min(widest, room / symbol.width) / dot + 0.01)) * dot
    dark = len(symbol.rows[0]) * module
    left = round((frame.x + (frame.width - dark) / 2) / dot) * dot
    high = module if symbol.is_square else frame.height
    top = frame.y + ((frame.height - dark) / 2 if symbol.is_square else 0)
    for place, row in enumerate(symbol.rows):
        for start, length in _runs(row):
            yield Box(left + start * module + HAIR, top + place * module, length * module - 2 * HAIR, high)


def shortened(text: str, points: float, width: float) -> str:
    """What of a text fits the width; a letter of a common face is about half as wide as it is high."""
    if wide(text, points) <= width or not text:
        return text
    kept = text[0]
    for sign in text[1:]:
        if wide(f"{kept}{sign}…", points) > width:
            break
        kept += sign
    return f"{kept.rstrip()}…"


def wrapped(text: str, points: float, width: float) -> list[str]:
    """The text in lines of this width; words are torn only where they are longer than a line."""
    lines: list[str] = []
    line = ""
    for word in (part for each in text.split() for part in _torn(each, points, width)):
        if line and wide(f"{line} {word}", points) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines


def wide(text: str, points: float) -> float:
    """About how many millimetres a text takes: signs of East Asia are as wide as they are high."""
    squares = sum(east_asian_width(sign) in {"W", "F"} for sign in text)
    return ((len(text) - squares) * LETTER_WIDTH + squares) * points * POINT


def _torn(word: str, points: float, width: float) -> Iterator[str]:
    most = max(1, int(width / (points * POINT * (LETTER_WIDTH if word.isascii() else 1))))
    yield from (word[start : start + most] for start in range(0, len(word), most))


def centred(frame: Frame, y: float, text: str, points: float, *, bold: bool = False) -> Words:
    """A line in the middle of the frame, cut to its width."""
    return Words(frame.x + frame.width / 2, y, shortened(text, points, frame.width), points, bold, "middle")


def _runs(row: str) -> Iterable[tuple[int, int]]:
    place = 0
    for module, run in groupby(row):
        length = len(list(run))
        if module == "1":
            yield place, length
        place += length
