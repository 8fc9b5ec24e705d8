"""Every error leaves as problem details with a stable code, whoever raised it."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from peewee import DataError, OperationalError

from wizterm.protocol.problem import CONTENT_TYPE, Code, Problem, ProblemError
from wizterm.server.tallies import PROBLEMS

AnyRequest = Request[Any, Any, Any]
BUSY_SECONDS = 5.0
_log = logging.getLogger(__name__)
_CODES = {
    401: Code.SIGN_IN_NEEDED,
    403: Code.FORBIDDEN,
    404: Code.NOT_FOUND,
    413: Code.TOO_LARGE,
    429: Code.TOO_MANY,
}
_SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
}
"""Where the framework says no more than its title."""


def ours(request: AnyRequest, error: ProblemError) -> Response[bytes]:
    return _response(request, error.problem)


def frameworks(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    """What the framework refuses before a handler sees it: no such path, a wrong method, a body that does not fit."""
    status = error.status_code
    code = _CODES.get(status, Code.BAD_REQUEST if status < 500 else Code.SERVER_TROUBLE)
    field, words = _at_fault(error)
    title, detail = HTTPStatus(status).phrase.capitalize(), words or _SENTENCES.get(status, error.detail)
    refusal = Problem(status=status, code=code, title=title, detail=detail, field=field)
    return _response(request, refusal, error.headers or {})


def busy(request: AnyRequest, error: OperationalError) -> Response[bytes]:
    """The store could not be written just now; nothing was taken, so sending again is right."""
    _log.warning("store: %s", error)
    return _response(
        request,
        Problem(
            status=503,
            code=Code.SERVER_TROUBLE,
            title="Busy",
            detail="The server's store is busy: try again shortly.",
            retry_after=BUSY_SECONDS,
        ),
    )


def unusable(request: AnyRequest, error: Exception) -> Response[bytes]:
    """A value that fits its type and that no store can keep or look for."""
    _log.info("unusable value: %s", error)
    words = "A value has a character or a size that cannot be used."
    return _response(request, Problem(status=400, code=Code.BAD_REQUEST, title="Unusable value", detail=words))


def nested(request: AnyRequest, _: RecursionError) -> Response[bytes]:
    """Brackets in brackets, deeper than the reader goes."""
    words = "The body is nested too deeply to be read."
    return _response(request, Problem(status=400, code=Code.BAD_REQUEST, title="Nested too deeply", detail=words))


def unforeseen(request: AnyRequest, error: Exception) -> Response[bytes]:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _response(
        request,
        Problem(
            status=500, code=Code.SERVER_TROUBLE, title="Server trouble", detail="The server failed: its log says why."
        ),
    )


HANDLERS: dict[Any, Any] = {
    ProblemError: ours,
    HTTPException: frameworks,
    OperationalError: busy,
    DataError: unusable,
    OverflowError: unusable,
    UnicodeError: unusable,
    RecursionError: nested,
    Exception: unforeseen,
}


def _response(request: AnyRequest, problem: Problem, headers: dict[str, str] | None = None) -> Response[bytes]:
    request.app.state.company.tallies.add(PROBLEMS, problem.code)
    more = {"Retry-After": str(round(problem.retry_after))} if problem.retry_after is not None else {}
    return Response(
        msgspec.json.encode(problem),
        status_code=problem.status,
        media_type=CONTENT_TYPE,
        headers={**(headers or {}), **more},
    )


def _at_fault(error: HTTPException) -> tuple[str, str]:
    """The path of the value that does not fit, and what was expected of it."""
    extra = error.extra
    if isinstance(extra, list) and extra and isinstance(extra[0], dict):
        return str(extra[0].get("key", "")), str(extra[0].get("message", ""))
    return "", ""
