"""What went wrong, in a sentence for the rep."""

from __future__ import annotations

import logging
import sqlite3

from peewee import PeeweeException

from wizterm.db.device import sentence

_LOG = logging.getLogger(__name__)


def plain_reason(error: BaseException) -> str | None:
    """The sentence for what the world did; None for a fault of the program."""
    if type(error).__module__.startswith("wizterm."):
        return str(error)
    if isinstance(error, PeeweeException | sqlite3.Error | OSError):
        return sentence("the orders on this machine", str(error))
    return None


def explain(error: Exception) -> str:
    """Errors of the trade speak for themselves; the disk's are translated; any other is a fault of the program."""
    if (words := plain_reason(error)) is not None:
        return words
    _LOG.error("Something asked for by the rep ended with a fault of this program.", exc_info=error)
    return f"Something went wrong inside WizTerm ({type(error).__name__}). What was saved before is safe; try again."
