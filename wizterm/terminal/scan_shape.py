"""What a code looks like: by its own check digit or identifier, or at least not like words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from wizterm.domain.barcodes.check_digits import digits, is_gtin

_IDENTIFIED: Final = re.compile(r"\][A-Za-z][0-9A-Za-z].+", re.DOTALL)
"""With an AIM identifier in front."""
_COMMAND: Final = re.compile(r"WZ[A-Z]{4,8}[0-9]{0,2}", re.ASCII)
"""From the sheet of commands."""
_SEPARATOR: Final = "\x1d"
_GTIN_FIRST: Final = 16
"""Characters of an element string's (01) with its GTIN."""


class ScanShape:
    """Says whether a text that came fast is a code."""

    def __init__(self, patterns: Sequence[str] = ()) -> None:
        """`patterns` are regular expressions for this company's article, customer and order numbers."""
        self._known = [re.compile(pattern, re.ASCII) for pattern in patterns]

    def proves(self, text: str) -> bool:
        """Whether the text alone shows that nobody typed it."""
        return (
            is_gtin(text)
            or _SEPARATOR in text
            or _is_element_string(text)
            or any(pattern.fullmatch(text) for pattern in (_IDENTIFIED, _COMMAND, *self._known))
        )

    def allows(self, text: str) -> bool:
        """Whether it may be a code: with a digit, and without blanks."""
        return any(map(str.isdigit, text)) and not any(map(str.isspace, text))


def _is_element_string(text: str) -> bool:
    return len(text) >= _GTIN_FIRST and text.startswith("01") and digits(text[:16]) and is_gtin(text[2:16])
