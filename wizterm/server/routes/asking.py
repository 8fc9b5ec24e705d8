"""What a request says of itself: whom it speaks for, and the protocol it speaks to."""

from __future__ import annotations

from functools import partial
from typing import Any

from litestar import Request
from litestar.openapi import ResponseSpec

from wizterm.protocol.problem import CONTENT_TYPE, Code, Problem, problem
from wizterm.server.auth import Caller
from wizterm.server.in_process import ServerProtocol
from wizterm.server.journal import CALLER

AnyRequest = Request[Any, Any, Any]
AS_IT_IS = "as_it_is"
"""Marks a route whose answer is packed already, or is sent in ranges."""


def protocol(request: AnyRequest) -> ServerProtocol:
    address = request.client.host if request.client is not None else ""
    return ServerProtocol(request.app.state.company, address, seen=partial(_note, request))


def token(request: AnyRequest) -> str:
    """The access token; a request without one is asked to sign in."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not value:
        raise problem(401, Code.SIGN_IN_NEEDED, "Sign in first", "Expected the header Authorization: Bearer <token>.")
    return value.strip()


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """How these statuses are described."""
    spec = ResponseSpec(Problem, media_type=CONTENT_TYPE, description="A problem, with a stable code.")
    return dict.fromkeys((400, 401, 500, 503, *statuses), spec)


def _note(request: AnyRequest, caller: Caller) -> None:
    request.scope["state"][CALLER] = caller
