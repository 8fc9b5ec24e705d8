"""What a picture looks like, read from its file, and kept: unpacking a thousand of them takes seconds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wizterm.db.picture_files import FOLDER, picture_path
from wizterm.domain.looks import Look, look_of

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF")
MOST_PIXELS: Final = 16_000_000
"""A picture that unpacks to more is refused: a small file can claim any size, and a pixel takes some 25 bytes here."""
KEPT: Final = "looks.txt"
"""A line for each picture: its digest and its look. Whatever is wrong with the file, it is made again."""
EDGE: Final = 24
"""How much a pixel must differ from the corner to be no frame; of 255."""
ENOUGH: Final = 256
"""Pixels a side that say all a look asks for."""


class NoLookError(Exception):
    """The file holds no picture that can be read; the message says so."""


def seen(path: Path) -> Look:
    """Takes a while: never on the UI thread. Raises `NoLookError`."""
    from PIL import Image  # noqa: PLC0415 - 30 ms that only this asks for

    if path.exists() and not path.is_file():
        raise NoLookError(f"{path} is no file: give a picture.")
    try:
        with Image.open(path, formats=FORMATS) as read:
            if read.width * read.height > MOST_PIXELS:
                raise NoLookError(f"{path} has {read.width} × {read.height} pixels, which is too many: give a smaller.")
            read.draft("RGB", (ENOUGH, ENOUGH))
            whole = read.convert("RGBA")
        whole.thumbnail((ENOUGH, ENOUGH))
        return _look(_on_white(whole))
    except OSError as error:
        why = error.strerror or "it is no PNG, JPEG, WebP or GIF"
        raise NoLookError(f"{path} cannot be read as a picture: {why}.") from error
    except Image.DecompressionBombError as error:
        raise NoLookError(f"{path} claims far too many pixels: give a smaller picture.") from error
    except (SyntaxError, ValueError) as error:
        raise NoLookError(f"{path} cannot be read as a picture: it is damaged.") from error


def kept_looks(folder: Path, digests: Iterable[str]) -> dict[str, Look]:
    """Of those pictures that are on this machine; what was not seen before is read now, and kept."""
    known = _read(folder / FOLDER / KEPT)
    found: dict[str, Look] = {}
    for digest in digests:
        look = known.get(digest) or _seen_or_none(picture_path(folder, digest))
        if look is not None:
            found[digest] = look
    if found.keys() - known.keys():
        _write(folder / FOLDER / KEPT, found)
    return found


def _seen_or_none(path: Path) -> Look | None:
    try:
        return seen(path) if path.is_file() else None
    except NoLookError:
        return None


def _on_white(picture: Image) -> Image:
    from PIL import Image  # noqa: PLC0415 - as above

    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture)
    return white.convert("RGB")


def _look(picture: Image) -> Look:
    framed = picture.crop(_inside(picture))
    across, down = _grey(framed, 9, 8), _grey(framed, 8, 9)
    bits = [across[y * 9 + x] < across[y * 9 + x + 1] for y in range(8) for x in range(8)]
    bits += [down[y * 8 + x] < down[y * 8 + 8 + x] for y in range(8) for x in range(8)]
    return Look(int("".join("01"[bit] for bit in bits), 2), framed.resize((4, 4)).tobytes())


def _inside(picture: Image) -> tuple[int, int, int, int]:
    """Without a frame of one colour: the same product stands closer or farther in another's picture."""
    from PIL import Image, ImageChops  # noqa: PLC0415 - as above

    frame = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
    differs: Callable[[int], int] = lambda value: 255 * (value > EDGE)  # noqa: E731 - Pillow wants a callable
    found = ImageChops.difference(picture, frame).convert("L").point(differs).getbbox()
    return found or (0, 0, *picture.size)


def _grey(picture: Image, width: int, height: int) -> bytes:
    return picture.convert("L").resize((width, height)).tobytes()


def _read(path: Path) -> dict[str, Look]:
    try:
        lines = path.read_text(encoding="ascii").splitlines()
        return {digest: look_of(look) for digest, look in (line.split(" ") for line in lines)}
    except (OSError, ValueError):
        return {}


def _write(path: Path, looks: dict[str, Look]) -> None:
    """Whole or not at all; where it cannot be kept, it is read again next time."""
    fresh = path.with_suffix(f".{os.getpid()}")
    try:
        fresh.write_text("".join(f"{digest} {look}\n" for digest, look in looks.items()), encoding="ascii")
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
