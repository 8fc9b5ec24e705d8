"""What went wrong with a call by `requests`, in the protocol's terms and in plain words."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

import requests
from urllib3.exceptions import HTTPError, NameResolutionError

from wizterm.protocol.faults import NotOurServerError, Stranger, Unreachable, UnreachableError

TRANSPORT = (requests.RequestException, HTTPError, OSError)
"""What a call and the reading of its answer can raise."""

_NOT_YET_VALID = 9
_EXPIRED = 10
_OTHER_NAME = frozenset({62, 64})
"""OpenSSL's X509_V_ERR numbers; of a name, and of an address in numbers."""

_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})


def fault(error: BaseException) -> UnreachableError | NotOurServerError:
    """The fault behind whatever the library wrapped around it."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _certificate(cause.verify_code)
    for cause in causes:
        if (kind := _kind(cause)) is not None:
            return UnreachableError(_WORDS[kind], kind)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return NotOurServerError("Something answers that does not speak TLS as our server does.", Stranger.CERTIFICATE)
    return UnreachableError(_WORDS[Unreachable.CUT_OFF], Unreachable.CUT_OFF)


_WORDS = {
    Unreachable.NO_ROUTE: "There is no network, or the server's name is not known here.",
    Unreachable.TIMED_OUT: "The server did not answer in time.",
    Unreachable.REFUSED: "The server's machine answers, but the server is not running.",
    Unreachable.CUT_OFF: "The connection broke before the answer was complete.",
}


def _certificate(code: int) -> NotOurServerError:
    if code == _NOT_YET_VALID:
        return NotOurServerError(
            "The server's certificate is not valid yet: check this machine's date.", Stranger.CLOCK
        )
    if code == _EXPIRED:
        return NotOurServerError(
            "The server's certificate is past its date: check this machine's date, then ask the office.",
            Stranger.CLOCK,
        )
    if code in _OTHER_NAME:
        return NotOurServerError(
            "Something answers under another name: the network may want a log-in first.", Stranger.CERTIFICATE
        )
    return NotOurServerError("The server's certificate is not trusted here.", Stranger.CERTIFICATE)


def _kind(cause: BaseException) -> Unreachable | None:
    if isinstance(cause, NameResolutionError | socket.gaierror):
        return Unreachable.NO_ROUTE
    if isinstance(cause, TimeoutError | requests.Timeout):
        return Unreachable.TIMED_OUT
    if isinstance(cause, ConnectionRefusedError):
        return Unreachable.REFUSED
    if isinstance(cause, OSError) and cause.errno in _NO_ROUTE:
        return Unreachable.NO_ROUTE
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it was raised from or holds, outermost first."""
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        held = (cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args)
        waiting += [inner for inner in held if isinstance(inner, BaseException)]
