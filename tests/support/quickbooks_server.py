"""A stand-in for QuickBooks Online: real HTTP, its tokens, its faults, and answers that get lost on demand."""

from __future__ import annotations

import base64
import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import msgspec

from tests.support.quickbooks_books import Books, RefusalError
from tests.support.quickbooks_query import QueryError, run

REALM, CLIENT, SECRET = "9130350000000001", "client", "s3cret"
SIGN_IN = "/oauth2/v1/tokens/bearer"
LONGEST_REQUEST = 50
_JSON = msgspec.json.Encoder(decimal_format="number")


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class QuickBooks:
    books: Books = field(default_factory=Books)
    address: str = ""
    refresh_token: str = "refresh 0"
    access_token: str = ""
    signed_in: int = 0
    """Tokens that were given."""
    worthless: list[str] = field(default_factory=list)
    """Refresh tokens that came after a newer one had been given."""
    remembers_refusals: bool = False
    lose: deque[str] = field(default_factory=deque)
    """Entities whose next write is done and never answered; `sign-in` for a token."""
    instead: deque[Answer] = field(default_factory=deque)
    """Answers to the next writes, which are not done."""
    reading: deque[Answer] = field(default_factory=deque)
    """The same for the next queries."""
    requests: list[tuple[str, str]] = field(default_factory=list)
    """Entity and request id of each write."""
    queries: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """What no client of QuickBooks may do, and somebody did."""
    _answers: dict[str, Answer] = field(default_factory=dict)
    _one: threading.RLock = field(default_factory=threading.RLock)

    @contextmanager
    def open(self) -> Iterator[QuickBooks]:
        server = _Server(self)
        self.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def forget(self) -> None:
        """Requests are not remembered for ever."""
        self._answers.clear()

    def expire(self) -> None:
        """The access token, before its time."""
        self.access_token = "another"

    def sign_in(self, authorization: str, form: dict[str, str]) -> Answer | None:
        with self._one:
            if authorization != "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode():
                return Answer(401, b'{"error":"invalid_client"}')
            if form.get("grant_type") != "refresh_token" or form.get("refresh_token") != self.refresh_token:
                self.worthless.append(form.get("refresh_token", ""))
                return Answer(400, b'{"error":"invalid_grant"}')
            self.signed_in += 1
            self.refresh_token, self.access_token = f"refresh {self.signed_in}", f"access {self.signed_in}"
            if "sign-in" in self.lose:
                self.lose.remove("sign-in")
                return None
            tokens = {"access_token": self.access_token, "refresh_token": self.refresh_token, "token_type": "bearer"}
            return _said(200, tokens | {"expires_in": 3600, "x_refresh_token_expires_in": 8640000})

    def query(self, params: dict[str, str]) -> Answer:
        with self._one:
            self.queries.append(params["query"])
            if self.reading:
                return self.reading.popleft()
            try:
                entity, rows = run(params["query"], self.books.all_tables)
            except QueryError as error:
                return fault(400, "4001", "Invalid query", str(error))
            found = {entity: rows, "startPosition": 1, "maxResults": len(rows)} if rows else {}
            return _said(200, {"QueryResponse": found, "time": self.books.now()})

    def write(self, entity: str, params: dict[str, str], values: dict) -> Answer | None:
        """None where the answer is lost."""
        with self._one:
            request = params.get("requestid", "")
            if not 0 < len(request) <= LONGEST_REQUEST:
                self.wrong.append(f"request id {request!r}")
            self.requests.append((entity, request))
            if self.instead:
                return self.instead.popleft()
            answer = self._answers.get(request) or self._done(entity, params, values)
            if answer.status == 200 or self.remembers_refusals:
                self._answers[request] = answer
            if entity in self.lose:
                self.lose.remove(entity)
                return None
            return answer

    def _done(self, entity: str, params: dict[str, str], values: dict) -> Answer:
        try:
            row = self.books.write(entity, values, params.get("operation", ""))
        except RefusalError as error:
            return fault(error.status, error.code, error.message, error.detail)
        except (AssertionError, KeyError) as error:
            self.wrong.append(str(error))
            return fault(400, "2010", "Request has invalid or unsupported property", str(error))
        return _said(200, {entity: row, "time": self.books.now()})


def fault(status: int, code: str, message: str, detail: str = "", *, small: bool = False, **headers: str) -> Answer:
    """As QuickBooks says it; `small` as what stands before it does."""
    error = {"Message": message, "Detail": detail, "code": code, "element": ""}
    said = {"Fault": {"Error": [error], "type": "ValidationFault"}, "time": "2026-03-02T09:00:00.000-08:00"}
    if small:
        error = {"message": message, "detail": detail, "code": code, "element": None}
        said = {"warnings": None, "fault": {"error": [error], "type": "AUTHENTICATION"}}
    return _said(status, said, {name.replace("_", "-"): value for name, value in headers.items()})


def _said(status: int, said: object, headers: dict[str, str] | None = None) -> Answer:
    return Answer(status, _JSON.encode(said), headers or {})


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    """Whoever finds the queue full waits a second and more before they knock again."""

    def __init__(self, quickbooks: QuickBooks) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.quickbooks = quickbooks


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == SIGN_IN:
            form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            self._answer(self.server.quickbooks.sign_in(self.headers["Authorization"], form))
            return
        what, params = self._asked()
        entity = {name.lower(): name for name in ("Estimate", "Invoice", "Customer")}.get(what)
        if entity and self._let_in(params):
            self._answer(self.server.quickbooks.write(entity, params, json.loads(body, parse_float=Decimal)))
        elif not entity:
            self._answer(Answer(404, b""))

    def do_GET(self) -> None:
        what, params = self._asked()
        if what != "query":
            self._answer(Answer(404, b""))
        elif self._let_in(params):
            self._answer(self.server.quickbooks.query(params))

    def _asked(self) -> tuple[str, dict[str, str]]:
        parts = urlsplit(self.path)
        root = f"/v3/company/{REALM}/"
        what = parts.path.removeprefix(root) if parts.path.startswith(root) else ""
        return what, {name: values[0] for name, values in parse_qs(parts.query).items()}

    def _let_in(self, params: dict[str, str]) -> bool:
        if params.get("minorversion") != "75" or "include" in params:
            self.server.quickbooks.wrong.append(f"parameters {params}")
        if self.headers["Authorization"] == f"Bearer {self.server.quickbooks.access_token}":
            return True
        words = "message=AuthenticationFailed; errorCode=003200; statusCode=401"
        self._answer(fault(401, "3200", words, small=True))
        return False

    def _answer(self, answer: Answer | None) -> None:
        if answer is None:
            return
        self.send_response(answer.status)
        for name, value in (answer.headers | {"Content-Length": str(len(answer.body))}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""
