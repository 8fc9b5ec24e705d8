"""The server's log: one JSON object a line, so that no text from outside can forge or break one."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from wizterm.domain.text import plain

CALLER = "wizterm.caller"
"""Where in a request's scope the caller stands, once known."""
_log = logging.getLogger("wizterm.requests")


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        line |= getattr(record, "request", {}) | getattr(record, "facts", {})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line)


class TextLines(logging.Formatter):
    """The same for people: nothing that a terminal would take for more than text."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%S")
        said = getattr(record, "request", {}) | getattr(record, "facts", {})
        facts = "  ".join(f"{name}={value}" for name, value in said.items() if value != "")
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


def each_request(
    new_id: Callable[[], str], monotonic: Callable[[], float], count: Callable[[str], object] = lambda _: None
) -> Callable[[ASGIApp], ASGIApp]:
    """One line for each request: its id, who called, what was answered, how long it took; `count` hears the status."""

    def around(app: ASGIApp) -> ASGIApp:
        async def logged(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != ScopeType.HTTP:
                await app(scope, receive, send)
                return
            begun, status, id_ = monotonic(), 0, new_id()

            async def noting(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                    message["headers"] = [*message["headers"], (b"x-request-id", id_.encode())]
                await send(message)

            try:
                await app(scope, receive, noting)
            finally:
                count(str(status))
                _note(scope, id_, status, (monotonic() - begun) * 1000)

        return logged

    return around


def _note(scope: Scope, id_: str, status: int, took: float) -> None:
    caller = scope.get("state", {}).get(CALLER)
    request = {
        "id": id_,
        "method": scope.get("method", ""),
        "path": scope["path"],
        "status": status,
        "ms": round(took, 1),
        "rep": caller.rep if caller is not None else "",
        "device": caller.device if caller is not None else "",
    }
    _log.info("request", extra={"request": request})
