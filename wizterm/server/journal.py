"""The server's log of calls: one line for each."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

CALLER = "wizterm.caller"
"""Where in a request's scope the caller stands, once known."""
_log = logging.getLogger("wizterm.requests")


def each_request(
    new_id: Callable[[], str],
    monotonic: Callable[[], float],
    count: Callable[[str], object] = lambda _: None,
    around: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Callable[[ASGIApp], ASGIApp]:
    """One line for each request: its id, who called, what was answered, how long it took.

    `count` hears the status; a request is answered within what `around` gives.
    """

    def journalled(app: ASGIApp) -> ASGIApp:
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
                with around():
                    await app(scope, receive, noting)
            finally:
                count(str(status))
                _note(scope, id_, status, (monotonic() - begun) * 1000)

        return logged

    return journalled


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
    _log.info("request", extra={"facts": request})
