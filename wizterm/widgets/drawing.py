"""A picture drawn the way the configuration asks for."""

from __future__ import annotations

from pathlib import Path

from textual.geometry import Size

from wizterm.terminal.cell_size import cell_size
from wizterm.widgets.graphics import Graphic, kitty, sixel
from wizterm.widgets.pixels import Pixels, half_cells

Drawing = Pixels | Graphic


def drawing(protocol: str, path: Path, size: Size, background: str) -> Drawing:
    """Takes a while: never on the UI thread. Raises `NoPictureError`."""
    if protocol == "kitty":
        return kitty(path, size.width, size.height, background, cell_size())
    if protocol == "sixel":
        return sixel(path, size.width, size.height, background, cell_size())
    return half_cells(path, size.width, size.height, background)
