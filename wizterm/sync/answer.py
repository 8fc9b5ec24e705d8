"""Reading an answer: ours word for word, our server's problem, or somebody else's."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec
import requests

from wizterm.protocol.decoding import decoded
from wizterm.protocol.faults import NotOurServerError, Stranger, Unreachable, UnreachableError
from wizterm.protocol.problem import CONTENT_TYPE, Code, Problem, ProblemError
from wizterm.sync.errors import TRANSPORT, fault

T = TypeVar("T")

MOST_ANSWER = 16 * 1024 * 1024
"""2,000 rows of a catalogue with long descriptions stay well below."""
_PIECE = 64 * 1024
_SLOW_DOWN = frozenset({408, 425, 429, 503})
_GATEWAY = frozenset({500, 502, 504})


def value(response: requests.Response, expected: int, type_: type[T], seconds: float) -> T:
    """The answer, where it is exactly what our server says; else the fault that it is."""
    body = whole(response, MOST_ANSWER, seconds)
    if response.status_code != expected or media_type(response) != "application/json":
        raise other(response, body)
    try:
        return decoded(body, type_)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotOurServerError("Something answers that is not our server: its answer has another form.") from error


def other(response: requests.Response, body: bytes) -> ProblemError | UnreachableError | NotOurServerError:
    """What an answer means that is not the expected one."""
    problem = _problem(response, body)
    if problem is not None:
        return ProblemError(problem)
    status = response.status_code
    if status in _SLOW_DOWN:
        return UnreachableError("The way to the server is busy.", Unreachable.BUSY, _retry_after(response))
    if status in _GATEWAY:
        return UnreachableError(f"The server is in trouble (status {status}).", Unreachable.GATEWAY)
    return _stranger(status)


def _stranger(status: int) -> NotOurServerError:
    if status == 413:
        return NotOurServerError("Something on the way to the server takes no message so large.", Stranger.TOO_LARGE)
    if status == 511:
        return NotOurServerError("This network wants a log-in first.", Stranger.LOGIN)
    if 300 <= status < 400:
        return NotOurServerError("This network leads elsewhere: it may want a log-in first.", Stranger.REDIRECT)
    return NotOurServerError(f"Something answers that is not our server (status {status}).", Stranger.PAGE)


def whole(response: requests.Response, most: int, seconds: float) -> bytes:
    """The body, bounded in size and in time, however slowly it comes."""
    deadline = time.monotonic() + seconds
    body = bytearray()
    for piece in pieces(response):
        body += piece
        if len(body) > most:
            raise NotOurServerError(f"Something answers with more than {most:,} bytes, which our server never does.")
        if time.monotonic() > deadline:
            raise UnreachableError("The answer comes too slowly.", Unreachable.TIMED_OUT)
    return bytes(body)


def pieces(response: requests.Response) -> Iterator[bytes]:
    """The body as it arrives; whatever ends it early is a fault."""
    yield from guarded(_pieces(response))


def guarded(inner: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        try:
            piece = next(inner)
        except StopIteration:
            return
        except TRANSPORT as error:
            raise fault(error) from error
        yield piece


def media_type(response: requests.Response) -> str:
    return response.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def checked(call: Callable[[], requests.Response]) -> requests.Response:
    try:
        return call()
    except TRANSPORT as error:
        raise fault(error) from error


def _pieces(response: requests.Response) -> Iterator[bytes]:
    while piece := response.raw.read1(_PIECE, decode_content=True):
        yield piece


def _problem(response: requests.Response, body: bytes) -> Problem | None:
    if media_type(response) != CONTENT_TYPE:
        return None
    try:
        problem = decoded(body, Problem)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return problem if problem.status == response.status_code and problem.code in set(Code) else None


def _retry_after(response: requests.Response) -> float | None:
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isdecimal() else None
