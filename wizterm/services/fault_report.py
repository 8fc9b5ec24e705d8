"""What is said and kept when the program ends by a fault of its own."""

from __future__ import annotations

import logging
import os
import platform
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from wizterm import __version__
from wizterm.services.words import plain_reason


class FaultReports(logging.Handler):
    """Leaves a report of each fault that a thread survived and logged; of the same fault once."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        super().__init__(logging.ERROR)
        self._folder = folder
        self._now = now
        self._seen: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is None or (place := _place(error)) in self._seen:
            return
        self._seen.add(place)
        with suppress(OSError):  # a disk that is full is told to the rep where it matters
            _write(_report(error, self._now()), self._folder, self._now())


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


def _place(error: BaseException) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return f"{type(error).__name__} {last}"


def _write(report: str, folder: Path, now: datetime) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"fault-{now:%Y%m%dT%H%M%S%f}.txt"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(report)
    return path
