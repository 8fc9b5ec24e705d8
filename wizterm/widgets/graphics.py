"""A picture in the pixels of a terminal that can: Kitty's protocol or Sixel, only where the configuration asks for it.

Nothing asks the terminal whether it can: an answer would arrive among the keys. Kitty's way is a picture sent under a
number, and cells that stand for its parts; Sixel's is the pixels themselves, at the cursor.
"""

from __future__ import annotations

from base64 import standard_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from wizterm.late import load
from wizterm.terminal.cell_size import CellSize
from wizterm.widgets.pixels import NoPictureError, opened

if TYPE_CHECKING:
    from PIL.Image import Image

NUMBER = 0x57495A
"""Of every picture of ours in a Kitty terminal: a new one takes the old one's place there."""
COLOUR = f"#{NUMBER:06x}"
"""The number again, as the colour of the cells that stand for it."""
CHUNK = 4096
"""Of base64 in one escape sequence, as the protocol has it."""
_CELL = "\U0010eeee"
_ROWS = (
    "0305 030d 030e 0310 0312 033d 033e 033f 0346 034a 034b 034c 0350 0351 0352 0357 035b 0363 0364 0365 "
    "0366 0367 0368 0369 036a 036b 036c 036d 036e 036f 0483 0484 0485 0486 0487 0592 0593 0594 0595 0597 "
    "0598 0599 059c 059d 059e 059f"
)
"""The marks that number a row, from 0: the protocol's own table, as far as a page needs it."""
_MARKS = tuple(chr(int(mark, 16)) for mark in _ROWS.split())
_SIXELS = "textual_image._sixel:image_to_sixels"
"""That module alone: the package's others ask the terminal as soon as they are imported."""


@dataclass(frozen=True, slots=True)
class KittyPicture:
    sent: str
    """What brings the picture into the terminal."""
    lines: tuple[str, ...]
    """The cells that stand for it."""
    columns: int


@dataclass(frozen=True, slots=True)
class SixelPicture:
    data: str


Graphic = KittyPicture | SixelPicture


def kitty(path: Path, columns: int, rows: int, background: str, cell: CellSize) -> KittyPicture:
    """Takes a while: never on the UI thread."""
    rows = min(rows, len(_MARKS))
    picture = BytesIO()
    opened(path, (columns * cell.width, rows * cell.height), background).save(picture, "PNG")
    place = f"\x1b_Ga=p,U=1,i={NUMBER},c={columns},r={rows},q=2\x1b\\"
    lines = tuple(f"{_CELL}{_MARKS[row]}{_CELL * (columns - 1)}" for row in range(rows))
    return KittyPicture("".join(_chunks(picture.getvalue())) + place, lines, columns)


def sixel(path: Path, columns: int, rows: int, background: str, cell: CellSize) -> SixelPicture:
    """The same. Raises `NoPictureError` where the package for it is not installed."""
    try:
        encode = load(_SIXELS)
    except ModuleNotFoundError as error:
        raise NoPictureError("Sixel pictures need the extra wizterm[pictures].") from error
    picture: Image = opened(path, (columns * cell.width, rows * cell.height), background)
    return SixelPicture(str(encode(picture.convert("RGB"))))


def _chunks(content: bytes) -> Iterator[str]:
    """As PNG, quietly: a terminal that answered would type into the field at hand."""
    text = standard_b64encode(content).decode()
    for start in range(0, len(text), CHUNK):
        more = int(start + CHUNK < len(text))
        first = f"f=100,i={NUMBER},q=2," if start == 0 else ""
        yield f"\x1b_G{first}m={more};{text[start : start + CHUNK]}\x1b\\"
