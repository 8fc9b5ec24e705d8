"""Small pictures of the sample company's products, drawn from their category and colour: made up, like a sign."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from wizterm.demo.making.describing import COLOURS
from wizterm.demo.making.products import Product
from wizterm.demo.making.ranges import category_of

SIZE = 48
PAPER = "#f4efe6"
INK = "#3a342c"
PAINTS = {
    "red": "#c8322b",
    "blue": "#2f5fa8",
    "green": "#3f7d4a",
    "yellow": "#e5b62e",
    "orange": "#dd7a28",
    "pink": "#e287a5",
    "purple": "#74478f",
    "lilac": "#b59ac9",
    "turquoise": "#35a3a0",
    "mint": "#9fd0b5",
    "white": "#ffffff",
    "ivory": "#efe3c2",
    "cream": "#f3e4b8",
    "black": "#2b2b2b",
    "grey": "#8c8c8c",
    "brown": "#7a5230",
    "silver": "#b8bcc2",
    "gold": "#c9a136",
    "copper": "#b06a3b",
}
USUAL = "#b5573c"

Pen = ImageDraw.ImageDraw
Motif = Callable[[Pen, str], object]


def write_pictures(folder: Path, products: Iterable[Product]) -> Iterator[Path]:
    """One file for each product, named by its sku."""
    folder.mkdir(parents=True, exist_ok=True)
    for product in products:
        path = folder / f"{product.sku}.png"
        path.write_bytes(picture(product.name))
        yield path


def picture(name: str) -> bytes:
    """A PNG that says of what kind and colour a product is."""
    image = Image.new("RGB", (SIZE, SIZE), PAPER)
    paint = next((PAINTS[colour] for colour in COLOURS if colour in name.lower().split()), USUAL)
    _motif(name)(ImageDraw.Draw(image), paint)
    file = io.BytesIO()
    image.quantize(16).save(file, "PNG", optimize=True)
    return file.getvalue()


def _motif(name: str) -> Motif:
    lower, category = name.lower(), category_of(name)
    named = (("clock", _clock), ("heart", _heart), ("notebook", _book), ("bag", _bag), ("bunting", _bunting))
    shelves = {
        "Home": _frame,
        "Kitchen": _mug,
        "Lighting": _candle,
        "Party": _bunting,
        "Bags": _bag,
        "Stationery": _book,
        "Toys": _ball,
        "Garden": _leaf,
        "Christmas": _tree,
    }
    by_name = (motif for word, motif in named if word in lower)
    return next(by_name, shelves.get(category.partition(" / ")[0], _parcel))


def _clock(pen: Pen, paint: str) -> None:
    pen.ellipse((6, 6, 42, 42), paint, INK, 2)
    pen.ellipse((12, 12, 36, 36), "#ffffff")
    pen.line((24, 24, 24, 15), INK, 2)
    pen.line((24, 24, 31, 28), INK, 2)


def _heart(pen: Pen, paint: str) -> None:
    pen.ellipse((7, 9, 25, 27), paint)
    pen.ellipse((23, 9, 41, 27), paint)
    pen.polygon(((8, 22), (40, 22), (24, 42)), paint)


def _book(pen: Pen, paint: str) -> None:
    pen.rectangle((11, 6, 38, 42), paint, INK, 2)
    pen.rectangle((17, 13, 33, 20), "#ffffff")
    pen.line((15, 6, 15, 42), INK, 1)


def _bag(pen: Pen, paint: str) -> None:
    pen.arc((15, 4, 33, 26), 180, 360, INK, 3)
    pen.polygon(((9, 16), (39, 16), (42, 43), (6, 43)), paint, INK)
    for x, y in ((14, 24), (24, 30), (34, 24), (18, 38), (31, 38)):
        pen.ellipse((x - 2, y - 2, x + 2, y + 2), "#ffffff")


def _bunting(pen: Pen, paint: str) -> None:
    pen.line((0, 12, 48, 12), INK, 2)
    for place, shade in enumerate((paint, "#ffffff", "#2f5fa8")):
        pen.polygon(((2 + 16 * place, 12), (15 + 16 * place, 12), (8 + 16 * place, 34)), shade, INK)


def _frame(pen: Pen, paint: str) -> None:
    pen.rectangle((7, 9, 41, 39), paint, INK, 1)
    pen.rectangle((13, 15, 35, 33), "#ffffff", INK, 1)
    pen.polygon(((13, 33), (21, 22), (27, 28), (31, 24), (35, 33)), "#3f7d4a")


def _mug(pen: Pen, paint: str) -> None:
    pen.ellipse((28, 17, 44, 35), None, paint, 4)
    pen.rectangle((8, 11, 34, 41), paint, INK, 1)
    pen.ellipse((8, 7, 34, 15), "#ffffff", INK, 1)


def _candle(pen: Pen, paint: str) -> None:
    pen.rectangle((16, 22, 32, 43), paint, INK, 1)
    pen.line((24, 22, 24, 17), INK, 1)
    pen.polygon(((24, 4), (29, 13), (24, 18), (19, 13)), "#e5b62e", "#dd7a28")


def _ball(pen: Pen, paint: str) -> None:
    pen.ellipse((6, 6, 42, 42), paint, INK, 1)
    pen.chord((6, 6, 42, 42), 20, 100, "#ffffff")
    pen.chord((6, 6, 42, 42), 200, 280, "#e5b62e")


def _leaf(pen: Pen, paint: str) -> None:
    pen.line((24, 44, 24, 14), "#3f7d4a", 3)
    pen.ellipse((6, 22, 24, 34), "#3f7d4a")
    pen.ellipse((24, 16, 42, 28), "#3f7d4a")
    pen.ellipse((17, 3, 31, 17), paint)


def _tree(pen: Pen, paint: str) -> None:
    pen.rectangle((21, 38, 27, 45), "#7a5230")
    pen.polygon(((24, 3), (41, 38), (7, 38)), "#3f7d4a")
    for x, y in ((24, 15), (18, 28), (30, 31)):
        pen.ellipse((x - 2, y - 2, x + 2, y + 2), paint)


def _parcel(pen: Pen, paint: str) -> None:
    pen.rectangle((7, 16, 41, 42), paint, INK, 1)
    pen.rectangle((21, 16, 27, 42), "#ffffff")
    pen.ellipse((13, 7, 24, 16), None, INK, 2)
    pen.ellipse((24, 7, 35, 16), None, INK, 2)
