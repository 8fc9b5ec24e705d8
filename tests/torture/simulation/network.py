"""A network that loses, repeats, delays and replaces what is said, as a seed will have it; under the shipped client."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from tests.support.still_clock import StillClock
from tests.torture.simulation.company import Reply
from wizterm.sync.client import HttpClient

ADDRESS = "https://orders.company.example"
MOST_PATH = 22
"""Characters that are noted: what follows names a file by its hash."""
PATIENCE = 20.0
"""Seconds until the client gives up."""
PAGE = {"content-type": "text/html; charset=utf-8"}
HTML = b"<!doctype html><title>Welcome</title><form>Accept the terms to go online</form>"
BEFORE: dict[str, Callable[[], Exception]] = {
    "refused": lambda: ConnectionRefusedError("refused"),
    "no name": lambda: socket.gaierror("no such name"),
    "never arrives": lambda: TimeoutError("timed out"),
    "cut while sending": lambda: ConnectionResetError("reset"),
}
"""The server hears nothing."""
AFTER: dict[str, Callable[[], Exception]] = {
    "answer lost": lambda: ConnectionResetError("reset"),
    "answer too late": lambda: TimeoutError("timed out"),
}
"""The server has done what it was asked."""
INSTEAD = {
    "portal": Reply(200, PAGE, HTML),
    "portal elsewhere": Reply(302, PAGE | {"location": "http://portal.example/"}, b""),
    "portal by the book": Reply(511, PAGE, HTML),
    "empty": Reply(200, {}, b""),
    "empty object": Reply(200, {"content-type": "application/json"}, b"{}"),
    "a proxy's 401": Reply(401, PAGE, HTML),
    "a proxy's 403": Reply(403, PAGE, HTML),
    "a proxy's 404": Reply(404, PAGE, HTML),
    "a proxy's 413": Reply(413, PAGE, HTML),
    "429": Reply(429, PAGE | {"retry-after": "7"}, HTML),
    "500": Reply(500, PAGE, HTML),
    "502": Reply(502, PAGE, HTML),
    "503": Reply(503, PAGE | {"retry-after": "30"}, HTML),
    "504": Reply(504, PAGE, HTML),
}
"""Somebody else answers."""
CHANGED = ("twice", "truncated", "cut short", "again later", "an older answer")
"""The answer or the request goes another way."""
FAULTS = (*BEFORE, *AFTER, *INSTEAD, *CHANGED)

Serve = Callable[[requests.PreparedRequest], Reply]


@dataclass
class Network:
    """One device's way to the company."""

    serve: Serve
    clock: StillClock
    chance: Random
    tell: Callable[[str], object]
    """Told what became of each request."""
    bad: float = 0.0
    """Share of requests that something happens to."""
    away_until: float = 0.0
    """Monotonic seconds: until then there is no network."""
    late: list[requests.PreparedRequest] = field(default_factory=list)
    """Requests that arrive a second time, at some other time."""
    _answers: dict[str, Reply] = field(default_factory=dict)

    def client(self) -> HttpClient:
        client = HttpClient(ADDRESS)
        client.close()
        client._http.mount("https://", _Adapter(self))
        return client

    def carry(self, request: requests.PreparedRequest) -> HTTPResponse:
        path = requests.utils.urlparse(request.url).path
        fault = self._fault()
        self.tell(f"{request.method} {path[:MOST_PATH]} {fault}")
        if fault in BEFORE:
            self._wait(BEFORE[fault]())
        if fault in INSTEAD:
            return _response(INSTEAD[fault])
        earlier = self._answers.get(path)
        if fault == "an older answer" and earlier is not None:
            return _response(earlier)
        if fault == "twice":
            self.serve(request)
        reply = self.serve(request)
        self._answers[path] = reply
        if fault == "again later":
            self.late.append(request)
        if fault in AFTER:
            self._wait(AFTER[fault]())
        if fault == "truncated":
            return _response(Reply(reply.status, reply.headers, reply.body[: self._part(reply)]))
        if fault == "cut short":
            return _response(reply, cut_at=self._part(reply))
        return _response(reply)

    def _fault(self) -> str:
        if self.clock.monotonic() < self.away_until:
            return "no name"
        return self.chance.choice(FAULTS) if self.chance.random() < self.bad else "passes"

    def _part(self, reply: Reply) -> int:
        return self.chance.randrange(len(reply.body) + 1)

    def _wait(self, error: Exception) -> None:
        if isinstance(error, TimeoutError):
            self.clock.go_on(PATIENCE)
        raise error


class _Adapter(BaseAdapter):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self._network = network
        self._requests = requests.adapters.HTTPAdapter()

    def send(self, request: requests.PreparedRequest, **_: object) -> requests.Response:
        return self._requests.build_response(request, self._network.carry(request))

    def close(self) -> None:
        self._requests.close()


class _Cut(io.BytesIO):
    """Ends with a broken connection."""

    def read1(self, size: int = -1, /) -> bytes:
        if not (piece := super().read1(size)):
            raise ConnectionResetError("reset")
        return piece

    read = read1


def _response(reply: Reply, cut_at: int | None = None) -> HTTPResponse:
    body = io.BytesIO(reply.body) if cut_at is None else _Cut(reply.body[:cut_at])
    headers = {name: value for name, value in reply.headers.items() if name != "content-length"}
    return HTTPResponse(body=body, headers=headers, status=reply.status, preload_content=False, decode_content=False)
