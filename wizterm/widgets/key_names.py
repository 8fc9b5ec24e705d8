"""Keys as people read them, in the footer and in the help."""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = {
    "enter": "↵",
    "plus": "+",
    "minus": "−",
    "equals_sign": "=",
    "escape": "Esc",
    "delete": "Del",
    "backspace": "⌫",
    "left": "←",
    "right": "→",
    "space": "Space",
}


def key_name(key: str) -> str:
    """ctrl+p as ^p, f10 as F10, escape as Esc."""
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+')}"
    return _NAMES.get(key, key.upper() if re.fullmatch(r"f\d+", key) else key)
