"""Pages as a PDF, in the faces that every reader of PDF has; a font of the machine writes what they lack."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wizterm.domain.text import plain
from wizterm.paper.faces import check_face
from wizterm.paper.pages import Box, Page, Shape, Trace, Words

if TYPE_CHECKING:
    from fpdf import FPDF

_FACE, _WIDE = "Helvetica", "wide"
_LATIN = range(256)
_ALIKE = {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "\u0131": "i", "œ": "oe", "Œ": "OE", "…": "...", "–": "-", "—": "-",
          "’": "'", "\u2018": "'", "“": '"', "”": '"', "€": "EUR", "−": "-"}  # fmt: skip
"""What the face lacks, and NFKD does not take apart."""


class NoPdfError(Exception):
    """PDFs cannot be made here; the message says what is missing."""


def pdf(pages: Sequence[Page], *, title: str, at: datetime, face: Path | None = None) -> bytes:
    """A document of these pages; the same pages at the same time are the same bytes.

    `face` writes the lines that have signs beyond Western European ones; without it these signs are replaced.
    """
    try:
        from fpdf import FPDF as Document  # noqa: PLC0415, N811 - 0.3 s that only a PDF pays
    except ImportError as error:
        raise NoPdfError("PDFs need fpdf2: pip install 'wizterm[paper]', or write SVG.") from error
    document = Document(unit="mm")
    document.set_auto_page_break(auto=False)
    document.set_title(written(title))
    document.set_creation_date(at)
    pen = _Pen(document, face)
    for page in pages:
        document.add_page(format=(page.width, page.height))
        for shape in page.shapes:
            pen.draw(shape)
    return bytes(document.output())


def written(text: str, known: Container[int] = _LATIN) -> str:
    """The text in the signs of a face: accents that it lacks are left out, other scripts become question marks."""
    return "".join(_sign(sign, known) for sign in plain(text))


def _sign(sign: str, known: Container[int]) -> str:
    if ord(sign) in known:
        return sign
    bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    for instead in (_ALIKE.get(sign, ""), bare):
        if instead and all(ord(each) in known for each in instead):
            return instead
    return "?"


class _Pen:
    def __init__(self, document: FPDF, face: Path | None) -> None:
        self._document = document
        self._face = face
        self._wide: Container[int] = ()
        """Signs of the wide face; loaded with the first line that wants it, for it takes 0.1 s."""

    def draw(self, shape: Shape) -> None:
        match shape:
            case Box():
                self._document.rect(shape.x, shape.y, shape.width, shape.height, style="F")
            case Trace():
                self._document.set_line_width(shape.thickness)
                self._document.polyline(list(shape.places))
            case Words():
                self._write(shape)

    def _write(self, words: Words) -> None:
        document, text = self._document, written(words.text)
        if self._face is not None and not _is_latin(words.text):
            text = written(words.text, self._wide_signs(self._face))
            document.set_font(_WIDE, "", words.points)
        else:
            document.set_font(_FACE, "B" if words.bold else "", words.points)
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[words.anchor] * document.get_string_width(text)
        document.text(words.x - shift, words.y, text)

    def _wide_signs(self, face: Path) -> Container[int]:
        if not self._wide:
            check_face(face)
            self._document.add_font(_WIDE, fname=face)
            self._wide = frozenset(getattr(self._document.fonts[_WIDE], "cmap", ()))
        return self._wide


def _is_latin(text: str) -> bool:
    return all(ord(sign) in _LATIN or sign in _ALIKE for sign in plain(text))
