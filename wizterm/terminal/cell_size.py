"""How many pixels a cell has, as the system says it; the terminal is not asked."""

from __future__ import annotations

import struct
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CellSize:
    width: int
    height: int


USUAL = CellSize(10, 20)
"""Where nobody knows."""


def cell_size(descriptor: int = 1) -> CellSize:
    """Of the terminal behind this descriptor."""
    if sys.platform == "win32":
        return USUAL
    import fcntl  # noqa: PLC0415 - Windows has none
    import termios  # noqa: PLC0415 - as above

    try:
        said = fcntl.ioctl(descriptor, termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return USUAL
    rows, columns, width, height = struct.unpack("HHHH", said)
    return CellSize(width // columns, height // rows) if width and height and rows and columns else USUAL
