"""A picture as half cells: an upper and a lower colour for each cell. 30 by 12 cells cost 10 KB over SSH."""

from __future__ import annotations

from pathlib import Path

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
    from PIL import Image, ImageColor, ImageOps  # noqa: PLC0415 - 30 ms that only a product page needs

    try:
        with Image.open(path, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NoPictureError(f"The picture has {opened.width} × {opened.height} pixels, which is too many.")
            fitted = ImageOps.contain(opened.convert("RGBA"), (columns, rows * 2), Image.Resampling.LANCZOS)
    except (OSError, SyntaxError, ValueError) as error:
        raise NoPictureError("The picture cannot be read.") from error
    canvas = Image.new("RGBA", (columns, -(-fitted.height // 2) * 2), ImageColor.getrgb(background))
    canvas.alpha_composite(fitted, ((columns - fitted.width) // 2, 0))
    colours = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in _pixels(canvas.convert("RGB").tobytes())]
    lines = [colours[start : start + columns] for start in range(0, len(colours), columns)]
    return tuple(tuple(zip(upper, lower, strict=True)) for upper, lower in zip(lines[::2], lines[1::2], strict=True))


def _pixels(raw: bytes) -> list[tuple[int, int, int]]:
    return list(zip(raw[::3], raw[1::3], raw[2::3], strict=True))
