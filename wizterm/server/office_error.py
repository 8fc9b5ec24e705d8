"""What the office is told when something cannot be done."""

from __future__ import annotations


class OfficeError(ValueError):
    """What was asked cannot be done so; the message says what was expected, or where to look."""
