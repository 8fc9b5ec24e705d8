"""What became of each document, line by line in the device's folder: the office can follow one by its id."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from wizterm.log_lines import JsonLines

FILE = "documents.jsonl"
MOST_BYTES = 256 * 1024
"""Some 700 lines; the file before it is kept as well, and then it goes."""
OF_DOCUMENTS = "wizterm.documents"


class DocumentLog(RotatingFileHandler):
    """Written by whichever thread speaks with the company: the screen's thread never sends or hears."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        super().__init__(folder / FILE, maxBytes=most_bytes, backupCount=1, encoding="utf-8", delay=True)
        self.setFormatter(JsonLines())

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - as logging calls it
        """A disk that is full is told to the rep where it matters; here it would be written over the screen."""

    def _open(self) -> TextIOWrapper:
        """For nobody else to read."""
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return TextIOWrapper(os.fdopen(descriptor, "ab"), encoding="utf-8")


def write_to_folder(folder: Path) -> None:
    """From now on, and to this folder alone."""
    logger = logging.getLogger(OF_DOCUMENTS)
    for former in [handler for handler in logger.handlers if isinstance(handler, DocumentLog)]:
        logger.removeHandler(former)
        former.close()
    logger.addHandler(DocumentLog(folder))
    logger.setLevel(logging.INFO)


def newest(folder: Path) -> tuple[int, str]:
    """How many lines the file has, and its newest in words: when, what, which document."""
    lines = list(_lines(folder / FILE))
    if not lines:
        return 0, ""
    last = lines[-1]
    return len(lines), " ".join(str(last.get(name, "")) for name in ("at", "says", "document"))


def _lines(path: Path) -> Iterator[dict[str, object]]:
    """What can be read as lines of ours; one that was cut off by a power cut is left out."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for line in text.splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict):
            yield said
