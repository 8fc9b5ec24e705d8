"""Lines of a log, for programs and for people: no text from outside can forge or break one."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, Final

from wizterm.domain.text import plain


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        line |= _facts(record)
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line)


class TextLines(logging.Formatter):
    """The same for people: nothing that a terminal would take for more than text."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%S")
        facts = "  ".join(f"{name}={value}" for name, value in _facts(record).items() if value != "")
        line = plain(f"{at}  {record.levelname.lower():<7}  {record.getMessage()}  {facts}".rstrip())
        if record.exc_info:
            trace = self.formatException(record.exc_info).splitlines()
            line = "\n".join([line, *(f"    {plain(each)}" for each in trace)])
        return line


FORMATS: Final[dict[str, type[logging.Formatter]]] = {"json": JsonLines, "text": TextLines}


def write_to_stderr(form: str = "json") -> None:
    """All that this program logs, and of others what is a warning or worse."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FORMATS[form]())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("wizterm").setLevel(logging.INFO)


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    """What a line is about, given as `extra={"facts": …}`."""
    return getattr(record, "facts", {})
