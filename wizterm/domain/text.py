"""Text from outside made safe to show: it can be read, and it can do nothing."""

from __future__ import annotations

import unicodedata

_CONTROL_PICTURES = 0x2400
"""U+2400 on: visible signs for the 32 control characters."""
_SPACES = {"\n": "⏎", "\r": "⏎", "\t": " "}
_INVISIBLE = frozenset({"Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""Format, private, surrogate, unassigned and line-separating characters: they move or hide what stands around them."""
_KEPT = frozenset("\u00ad\u200d\ufe0f")
"""Soft hyphen, and what joins emoji: they are seen by nobody or as one sign."""


def plain(text: str) -> str:
    """One line without any control: control characters as visible signs, invisible ones left out, line ends as ⏎."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text.replace("\r\n", "\n"))


def _shown(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return _SPACES.get(character, chr(_CONTROL_PICTURES + code))
    if 0x7F <= code < 0xA0:
        return "␡" if code == 0x7F else "�"
    if character not in _KEPT and unicodedata.category(character) in _INVISIBLE:
        return ""
    return character
