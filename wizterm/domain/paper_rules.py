"""What a company says once of its papers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperRules:
    size: str = "a4"
    """a4 or letter."""
    terms: str = ""
    """What stands at the end of every order and quote."""
    font: str = ""
    """File of a font with the signs that the usual faces lack; empty looks for one of the system's."""
    folder: str = ""
    """Where files are offered to be written; empty for the user's documents."""


USUAL_PAPERS = PaperRules()
