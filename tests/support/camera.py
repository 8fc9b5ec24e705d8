"""A scanner made of software: what is printed is drawn as pixels and read back."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw

DOTS = 300 / 25.4
"""Pixels a millimetre: an office printer."""
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_CELL = 8
"""Pixels of a terminal's cell across; it is twice as high."""
_PAINTED = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1), " ": (0, 0)}


def seen(picture: Image.Image) -> set[str]:
    """What each symbol in the picture sends, with its AIM identifier and the separators as they are."""
    return {found.symbology_identifier + _sent(found) for found in zxingcpp.read_barcodes(picture)}


def _sent(found: zxingcpp.Barcode) -> str:
    """GS1 data as it is sent; zxing's text puts brackets into it."""
    return found.bytes.decode() if found.symbology_identifier == "]C1" else found.text


def pages_of_pdf(content: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    try:
        return [page.render(scale=300 / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()


def words_of_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def picture_of_svg(content: str) -> Image.Image:
    """Its dark rectangles; letters are left out."""
    root = ET.fromstring(content.encode())
    width, height = (round(float(part) * DOTS) for part in root.attrib["viewBox"].split()[2:])
    picture = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(picture)
    for box in root.iter(f"{_NAMESPACE}rect"):
        if "x" in box.attrib:
            x, y, wide, high = (float(box.attrib[name]) * DOTS for name in ("x", "y", "width", "height"))
            draw.rectangle((round(x), round(y), round(x + wide) - 1, round(y + high) - 1), fill=0)
    return picture


def picture_of_cells(text: str) -> Image.Image:
    """A dark terminal with light half blocks."""
    lines = text.split("\n")
    picture = Image.new("L", (max(map(len, lines)) * _CELL, len(lines) * 2 * _CELL), 0)
    for row, line in enumerate(lines):
        for column, sign in enumerate(line):
            for half, painted in enumerate(_PAINTED[sign]):
                left, top = column * _CELL, (2 * row + half) * _CELL
                picture.paste(255 * painted, (left, top, left + _CELL, top + _CELL))
    return picture
