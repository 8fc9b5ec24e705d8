"""The shipped client over a company in this process; its answers, real ones, can be mangled before they are read."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import requests
import urllib3
from requests.adapters import BaseAdapter

from wizterm.protocol import catalogue, changes, documents, ping, session
from wizterm.protocol.documents import Batch
from wizterm.protocol.problem import CONTENT_TYPE, ProblemError
from wizterm.protocol.session import Refresh
from wizterm.server.company import Company
from wizterm.server.in_process import ServerProtocol
from wizterm.sync.client import HttpClient

JSON = "application/json"


@dataclass
class Answer:
    status: int
    media: str
    body: bytes
    encoding: str = ""


BOMB = gzip.compress(b"[" * 40_000_000, 1)
Mangle = Callable[[str, Answer], Answer]
"""Given the path and the real answer."""


class Wire(BaseAdapter):
    """Answers as the routes do, without a socket."""

    def __init__(self, company: Company, mangle: Mangle) -> None:
        super().__init__()
        self._server = ServerProtocol(company)
        self._mangle = mangle

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        path = urlsplit(request.url).path
        answer = self._mangle(path, self._answer(request, path))
        headers = {"Content-Type": answer.media} | ({"Content-Encoding": answer.encoding} if answer.encoding else {})
        response = requests.Response()
        response.request, response.url, response.status_code = request, request.url, answer.status
        response.headers.update(headers)
        response.raw = urllib3.HTTPResponse(
            BytesIO(answer.body), headers=headers, status=answer.status, preload_content=False
        )
        return response

    def close(self) -> None:
        """It has no connections."""

    def _answer(self, request: requests.PreparedRequest, path: str) -> Answer:
        try:
            value = self._value(request, path)
        except ProblemError as error:
            return Answer(error.problem.status, CONTENT_TYPE, msgspec.json.encode(error.problem))
        if isinstance(value, bytes):
            return Answer(200, "application/zstd", value)
        return Answer(200, JSON, msgspec.json.encode(value))

    def _value(self, request: requests.PreparedRequest, path: str) -> Any:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        asked = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
        server, body = self._server, request.body or b""
        calls = {
            ping.PATH: lambda: server.ping(asked["nonce"]),
            session.REFRESH_PATH: lambda: server.refresh(msgspec.json.decode(body, type=Refresh)),
            documents.PATH: lambda: server.post_documents(token, msgspec.json.decode(body, type=Batch)),
            changes.PATH: lambda: server.document_changes(token, asked.get("cursor", ""), asked.get("contact", "")),
            catalogue.MANIFEST_PATH: lambda: server.manifest(token, int(asked["schema"])),
            catalogue.CHANGES_PATH: lambda: server.catalogue_changes(token, asked["cursor"], int(asked["limit"])),
        }
        return calls.get(path, lambda: b"".join(server.file(token, path.rpartition("/")[2])))()


class MangledClient(HttpClient):
    def __init__(self, company: Company, mangle: Mangle) -> None:
        super().__init__("https://orders.company.example")
        self._http.mount("https://", Wire(company, mangle))


STRANGE = (
    None,
    True,
    -1,
    0,
    2**63,
    2**70,
    1e308,
    "",
    "taken",
    "x" * 300,
    "\u0000",
    "\u017f",
    [],
    {},
    [[]],
    {"answer": "?"},
)
"""Values that no field expects, or not there."""


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value, as the keys that lead to it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*at, key)
        yield from places(part, (*at, key))


class Mangler:
    """Does one thing to an answer, by chance from a seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.did = ""

    def __call__(self, answer: Answer) -> Answer:
        ways = [self._cut, self._flip, self._dress, self._pack, self._repeat]
        if answer.media in {JSON, CONTENT_TYPE}:
            ways += [self._field] * 8 + [self._keys, self._nest, self._not_a_number]
        way = self._chance.choice(ways)
        self.did = way.__name__.strip("_")
        return way(answer)

    def _cut(self, answer: Answer) -> Answer:
        return Answer(answer.status, answer.media, answer.body[: self._chance.randrange(len(answer.body) + 1)])

    def _flip(self, answer: Answer) -> Answer:
        """Where it can be noticed: between the words of JSON anything else is another answer of the company."""
        body = bytearray(answer.body)
        body[self._chance.choice([0, len(body) - 1])] ^= 1 << self._chance.randrange(7)
        return Answer(answer.status, answer.media, bytes(body))

    def _dress(self, answer: Answer) -> Answer:
        """The right words in the wrong clothes."""
        if self._chance.random() < 0.5:
            return Answer(self._chance.choice([201, 202, 204, 206, 302, 401, 500, 511]), answer.media, answer.body)
        return Answer(answer.status, self._chance.choice(["text/html", "", "application/octet-stream+x"]), answer.body)

    def _pack(self, answer: Answer) -> Answer:
        """A gzip that is none, or one that never ends."""
        if self._chance.random() < 0.5:
            return Answer(answer.status, answer.media, answer.body, "gzip")
        return Answer(answer.status, answer.media, BOMB, "gzip")

    def _repeat(self, answer: Answer) -> Answer:
        return Answer(answer.status, answer.media, answer.body * 2)

    def _field(self, answer: Answer) -> Answer:
        """A value that no program of ours would give: of another type, of another size, or gone."""
        value = json.loads(answer.body)
        everywhere = list(places(value))
        if not everywhere:
            return self._cut(answer)
        *way, last = self._chance.choice(everywhere)
        holder = value
        for key in way:
            holder = holder[key]
        self.did = f"field {[*way, last]}"
        if isinstance(holder, dict) and self._chance.random() < 0.3:
            del holder[last]
        else:
            holder[last] = self._chance.choice(STRANGE)
        return Answer(answer.status, answer.media, json.dumps(value).encode())

    def _keys(self, answer: Answer) -> Answer:
        """Each key twice, the second time with nothing."""
        return Answer(answer.status, answer.media, answer.body.replace(b'{"', b'{"id":null,"', 1))

    def _nest(self, answer: Answer) -> Answer:
        return Answer(answer.status, answer.media, b"[" * 100_000)

    def _not_a_number(self, answer: Answer) -> Answer:
        return Answer(answer.status, answer.media, answer.body.replace(b":", b":NaN,", 1))
