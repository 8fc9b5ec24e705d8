"""Keys as the scan gate sees them: what each would be inside a barcode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

UNREADABLE: Final = "\ufffd"
"""Stands for a key without a character, so that a scan with one in it is never taken for a shorter code."""
_MODIFIERS: Final = frozenset(
    f"{side}_{name}" for side in ("left", "right") for name in ("shift", "control", "alt", "super", "hyper", "meta")
) | {"caps_lock", "num_lock", "scroll_lock", "iso_level3_shift", "iso_level5_shift"}
_SIGNS: Final = {
    "at": "@",
    "left_square_bracket": "[",
    "backslash": "\\",
    "right_square_bracket": "]",
    "circumflex_accent": "^",
    "underscore": "_",
}
_NO_DATA: Final = frozenset({"escape", "backspace", "delete"})
"""Keys with a character that no barcode sends."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key and when it came."""

    key: str
    """Textual's name of it."""
    character: str | None
    at: float
    """Seconds on a clock that only goes forward."""
    origin: Any = None
    """The event it came as."""

    @property
    def is_modifier(self) -> bool:
        """Whether it is Shift and the like, which some terminals report as keys of their own."""
        return self.key in _MODIFIERS

    @property
    def data(self) -> str | None:
        """The character it is in a barcode; None for keys that are no data, such as arrows."""
        if self.key in _NO_DATA or self.key.startswith("alt+"):
            return None
        if self.character is not None and len(self.character) == 1:
            return self.character
        return _CONTROLS.get(self.key)

    @property
    def prints(self) -> bool:
        return (self.data or "\0").isprintable()


def _control_names() -> dict[str, str]:
    """The control characters by key name: some terminals name the key and send no character."""
    letters = {f"ctrl+{chr(code + 96)}": chr(code) for code in range(1, 27)}
    signs = {f"ctrl+{name}": chr(ord(sign) & 0x1F) for name, sign in _SIGNS.items()}
    return letters | signs | {"ctrl+@": "\0", "tab": "\t", "enter": "\r", "space": " "}


_CONTROLS: Final = _control_names()
