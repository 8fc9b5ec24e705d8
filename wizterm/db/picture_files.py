"""Where pictures stand on this machine: each once, named by its content, whichever products share it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = "media"
MOST_BYTES: Final = 500 * 1024 * 1024
"""The room that pictures may take where nothing else is set."""


def picture_path(device_folder: Path, digest: str) -> Path:
    """Where a picture stands, or will."""
    return device_folder / FOLDER / digest[:2] / digest
