"""A font of this machine for the signs that the faces of every PDF reader lack."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

_USUAL = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    "/usr/share/fonts/google-noto/NotoSans-Regular.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "/Library/Fonts/Arial Unicode.ttf",
    "C:/Windows/Fonts/arial.ttf",
)
"""Where Linux, macOS and Windows keep one with many scripts."""

_BEGINNINGS = (b"\x00\x01\x00\x00", b"true", b"OTTO", b"ttcf")
"""Of every TrueType and OpenType font."""


class NoFaceError(Exception):
    """The font that was named cannot be used; the message says why."""


def wide_face(named: str = "", is_file: Callable[[Path], bool] = Path.is_file) -> Path | None:
    """The font that was named, else the first of the usual ones that is here."""
    if named:
        if not is_file(Path(named)):
            raise NoFaceError(f"There is no font {named}: name a .ttf file in paper.font, or take the setting out.")
        return Path(named)
    return next((path for path in map(Path, _USUAL) if is_file(path)), None)


def check_face(path: Path) -> None:
    """Raises `NoFaceError` for a file that is no font."""
    try:
        with path.open("rb") as file:
            begins = file.read(4)
    except OSError as error:
        raise NoFaceError(f"The font {path} cannot be read: {error.strerror}. Name another in paper.font.") from error
    if begins not in _BEGINNINGS:
        raise NoFaceError(f"{path} is no font that a PDF can take: name another .ttf in paper.font.")
