"""A picture as half cells: an upper and a lower colour for each cell. 30 by 12 cells cost 10 KB over SSH."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MOST_PIXELS = 40_000_000
"""A picture that unpacks to more is refused: a small file can claim any size."""

Cell = tuple[str, str]
"""Colours of the upper and the lower half, as #rrggbb."""
Pixels = tuple[tuple[Cell, ...], ...]


class NoPictureError(Exception):
    """The file holds no picture that can be shown."""


def half_cells(path: Path, columns: int, rows: int, background: str) -> Pixels:
    """The picture, fitted into so many cells and centred in their width. Takes a while: never on the UI thread."""
    canvas = opened(path, (columns, rows * 2), background, whole=False)
    colours = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in _pixels(canvas.convert("RGB").tobytes())]
    lines = [colours[start : start + columns] for start in range(0, len(colours), columns)]
    return tuple(tuple(zip(upper, lower, strict=True)) for upper, lower in zip(lines[::2], lines[1::2], strict=True))


def opened(path: Path, size: tuple[int, int], background: str, *, whole: bool = True) -> Image:
    """The picture, fitted into so many pixels and centred in their width; `whole` fills their height too."""
    from PIL import Image, ImageColor, ImageOps  # noqa: PLC0415 - 30 ms that only a product page needs

    try:
        with Image.open(path, formats=FORMATS) as read:
            if read.width * read.height > MOST_PIXELS:
                raise NoPictureError(f"The picture has {read.width} × {read.height} pixels, which is too many.")
            fitted = ImageOps.contain(read.convert("RGBA"), size, Image.Resampling.LANCZOS)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NoPictureError("The picture cannot be read.") from error
    height = size[1] if whole else -(-fitted.height // 2) * 2
    canvas = Image.new("RGBA", (size[0], height), ImageColor.getrgb(background))
    canvas.alpha_composite(fitted, ((size[0] - fitted.width) // 2, 0))
    return canvas


def _pixels(raw: bytes) -> list[tuple[int, int, int]]:
    return list(zip(raw[::3], raw[1::3], raw[2::3], strict=True))
