"""Pages as a PDF, in the faces that every reader of PDF has."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from wizterm.domain.text import plain
from wizterm.paper.pages import Box, Page, Shape

if TYPE_CHECKING:
    from fpdf import FPDF

_FACE = "Helvetica"
_ALIKE = {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "\u0131": "i", "œ": "oe", "Œ": "OE", "…": "...", "–": "-", "—": "-",
          "’": "'", "\u2018": "'", "“": '"', "”": '"', "€": "EUR", "−": "-"}  # fmt: skip
"""What the face lacks, and NFKD does not take apart."""


class NoPdfError(Exception):
    """PDFs cannot be made here; the message says what is missing."""


def pdf(pages: Sequence[Page], *, title: str, at: datetime) -> bytes:
    """A document of these pages; the same pages at the same time are the same bytes."""
    try:
        from fpdf import FPDF as Document  # noqa: PLC0415, N811 - 0.3 s that only a PDF pays
    except ImportError as error:
        raise NoPdfError("PDFs need fpdf2: pip install 'wizterm[paper]', or write SVG.") from error
    document = Document(unit="mm")
    document.set_auto_page_break(auto=False)
    document.set_title(written(title))
    document.set_creation_date(at)
    for page in pages:
        document.add_page(format=(page.width, page.height))
        for shape in page.shapes:
            _draw(document, shape)
    return bytes(document.output())


def written(text: str) -> str:
    """The text in the signs of the face: accents that it lacks are left out, other scripts become question marks."""
    signs = (_ALIKE.get(sign, sign) for sign in plain(text))
    return "".join(_sign(sign) for sign in "".join(signs))


def _sign(sign: str) -> str:
    if _known(sign):
        return sign
    bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    return bare if bare and _known(bare) else "?"


def _known(sign: str) -> bool:
    return all(ord(each) < 256 for each in sign)


def _draw(document: FPDF, shape: Shape) -> None:
    if isinstance(shape, Box):
        document.rect(shape.x, shape.y, shape.width, shape.height, style="F")
        return
    text = written(shape.text)
    document.set_font(_FACE, "B" if shape.bold else "", shape.points)
    shift = document.get_string_width(text) / 2 if shape.anchor == "middle" else 0
    document.text(shape.x - shift, shape.y, text)
