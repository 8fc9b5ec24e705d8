"""What is said and kept when the program ends by a fault of its own."""

from __future__ import annotations

import os
import platform
import traceback
from datetime import datetime
from pathlib import Path

from wizterm import __version__
from wizterm.services.words import plain_reason


def last_words(error: BaseException, folder: Path, now: datetime) -> str:
    """One sentence for the rep. Of a fault of the program, a report is left in the folder."""
    if (reason := plain_reason(error)) is not None:
        return reason
    what = f"WizTerm ended by a fault of its own ({type(error).__name__})."
    try:
        path = _write(_report(error, now), folder, now)
    except OSError as no_report:
        return f"{what} What was saved is safe; start it again. No report could be written: {no_report.strerror}."
    return f"{what} What was saved is safe; start it again, and send the office {path}."


def _report(error: BaseException, now: datetime) -> str:
    """Where it happened, without the values of variables: they may be a customer's."""
    head = f"WizTerm {__version__}, Python {platform.python_version()}, {platform.platform()}, {now.isoformat()}"
    return "\n\n".join([head, "".join(traceback.format_exception(error))])


def _write(report: str, folder: Path, now: datetime) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"fault-{now:%Y%m%dT%H%M%S}.txt"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(report)
    return path
