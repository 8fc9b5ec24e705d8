"""Product labels: one on its own piece of paper, or 24 on a sheet of A4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wizterm.paper.pages import A4, DOT, Frame, Page, Shape, centred, drawn
from wizterm.paper.symbols import NoSymbolError, Symbol, bars, square

ACROSS, DOWN = 3, 8
WIDTH, HEIGHT = 70.0, 36.0
"""The usual sheet of 24; 3 × 8 of them leave 4.5 mm above and below."""
MARGIN = 4.0
NARROWEST, WIDEST = 0.25, 0.38
"""Millimetres a module: what scanners of any make read, and a little above the nominal size of an EAN-13."""
LABEL_DOT = 0.125
"""Of a label printer, in millimetres: 203 dpi."""


@dataclass(frozen=True, slots=True)
class Label:
    sku: str
    name: str
    code: str
    """What the bars hold: the GTIN where there is one, else the SKU."""
    price: str = ""
    """With its currency, as it is to be read; empty prints none."""


def sheets(labels: Sequence[Label], *, skip: int = 0) -> list[Page]:
    """24 on each page, row by row; `skip` leaves places free that were used before."""
    places: list[Label | None] = [*([None] * skip), *labels]
    full = ACROSS * DOWN
    return [_sheet(places[start : start + full]) for start in range(0, len(places), full)]


def singles(labels: Sequence[Label]) -> list[Page]:
    """Each on a page of its own size, for a label printer."""
    return [Page(WIDTH, HEIGHT, tuple(_label(label, Frame(0, 0, WIDTH, HEIGHT), LABEL_DOT))) for label in labels]


def _sheet(places: Sequence[Label | None]) -> Page:
    left = (A4[0] - ACROSS * WIDTH) / 2
    top = (A4[1] - DOWN * HEIGHT) / 2
    shapes: list[Shape] = []
    for place, label in enumerate(places):
        if label is not None:
            row, column = divmod(place, ACROSS)
            shapes += _label(label, Frame(left + column * WIDTH, top + row * HEIGHT, WIDTH, HEIGHT), DOT)
    return Page(*A4, tuple(shapes))


def _label(label: Label, place: Frame, dot: float) -> Iterator[Shape]:
    inner = Frame(place.x + MARGIN, place.y, place.width - 2 * MARGIN, place.height)
    yield centred(inner, place.y + 6.5, label.name, 9, bold=True)
    symbol = _symbol(label.code, inner.width)
    yield from drawn(symbol, Frame(inner.x, place.y + 9, inner.width, 15), widest=WIDEST, dot=dot)
    yield centred(inner, place.y + 27.5, label.code, 8)
    beside = "  ".join(part for part in (label.sku if label.sku != label.code else "", label.price) if part)
    if beside:
        yield centred(inner, place.y + 32.5, beside, 9, bold=bool(label.price))


def _symbol(code: str, width: float) -> Symbol:
    """Bars where they fit in a size that scans, else a QR code, which takes any text."""
    try:
        symbol = bars(code)
    except NoSymbolError:
        return square(code)
    return symbol if symbol.width * NARROWEST <= width else square(code)
