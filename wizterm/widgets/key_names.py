"""Keys as people read them: in the help, the palette and the documentation; shorter in the footer."""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = {
    "enter": "↵",
    "plus": "+",
    "minus": "−",
    "equals_sign": "=",
    "percent_sign": "%",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "Esc",
    "delete": "Del",
    "backspace": "⌫",
    "left": "←",
    "right": "→",
    "space": "Space",
    "tab": "Tab",
}


def key_name(key: str) -> str:
    """ctrl+p as Ctrl+P, alt+s as Alt+S, f10 as F10, escape as Esc; u and U stay apart."""
    *modifiers, last = key.split("+")
    name = _NAMES.get(last, last.upper() if modifiers or re.fullmatch(r"f\d+", last) else last)
    return "+".join([*map(str.title, modifiers), name])


def short_key_name(key: str) -> str:
    """ctrl+p as ^p, for a line that has to hold many."""
    letter = key.removeprefix("ctrl+")
    return f"^{letter}" if letter != key and "+" not in letter else key_name(key)
