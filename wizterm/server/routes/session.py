"""Ping, sign-in, refresh and sign-out."""

from __future__ import annotations

from litestar import delete, get, post
from litestar.params import FromQuery, JSONBody

from wizterm.protocol import ping as ping_
from wizterm.protocol import session as session_
from wizterm.protocol.ping import Pong
from wizterm.protocol.session import Refresh, Session, SignIn
from wizterm.server.routes.asking import AnyRequest, problems, protocol, token


@get(ping_.PATH, sync_to_thread=True, responses=problems())
def ping(request: AnyRequest, nonce: FromQuery[str] = "") -> Pong:
    """Tell this server from whatever else may answer in its place."""
    return protocol(request).ping(nonce)


@post(session_.PATH, status_code=200, sync_to_thread=True, responses=problems(403, 413, 429))
def sign_in(request: AnyRequest, data: JSONBody[SignIn]) -> Session:
    """Sign a rep in on a device."""
    return protocol(request).sign_in(data)


@post(session_.REFRESH_PATH, status_code=200, sync_to_thread=True, responses=problems(413))
def refresh(request: AnyRequest, data: JSONBody[Refresh]) -> Session:
    """Give a new pair of tokens for a refresh token."""
    return protocol(request).refresh(data)


@delete(session_.PATH, sync_to_thread=True, responses=problems())
def sign_out(request: AnyRequest) -> None:
    """End the session of this access token."""
    protocol(request).sign_out(token(request))
