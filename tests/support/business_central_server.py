"""A stand-in for Business Central: real HTTP, its tokens, its faults, and answers that get lost on demand."""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from tests.support.business_central_books import Books, RefusalError
from tests.support.business_central_fields import LINES
from tests.support.business_central_filter import ConditionError, condition

TENANT, CLIENT, SECRET, COMPANY = "lantern.example", "app", "s3cret", "7bd1c2a0-0000-4000-8000-000000000001"
SIGN_IN, BASE = f"/{TENANT}/oauth2/v2.0/token", f"/v2.0/{TENANT}/Production/api/v2.0"
SCOPE = "https://api.businesscentral.dynamics.com/.default"
_JSON = msgspec.json.Encoder(decimal_format="number")
_PATH = re.compile(rf"companies\({COMPANY}\)/(\w+)(?:\(([-0-9a-f]+)\)(?:/(\w+))?)?")
EVER_READ = {"salesShipments", "salesInvoices", "companyInformation", "paymentTerms", "countriesRegions"}


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class BusinessCentral:
    books: Books = field(default_factory=Books)
    address: str = ""
    access_token: str = ""
    signed_in: int = 0
    lose: deque[str] = field(default_factory=deque)
    """Calls, such as `POST salesOrders`, whose next one is done and never answered."""
    drop: deque[str] = field(default_factory=deque)
    """The same, but the next one is not done."""
    halves: deque[int] = field(default_factory=deque)
    """How many lines of the next document are kept before its answer is lost."""
    page: int = 20_000
    """Rows in one answer, where nobody prefers fewer."""
    keeps_halves: bool = False
    """Whether of a document with a line that is refused the rest stays."""
    instead: deque[tuple[str, Answer]] = field(default_factory=deque)
    """Answers to the next calls, which are not done."""
    before: deque[tuple[str, object]] = field(default_factory=deque)
    """What somebody there does just before the next such call."""
    calls: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """What no client of Business Central may do, and somebody did."""
    _one: threading.RLock = field(default_factory=threading.RLock)

    @contextmanager
    def open(self) -> Iterator[BusinessCentral]:
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

    def expire(self) -> None:
        """The access token, before its time."""
        self.access_token = "another"

    def sign_in(self, form: dict[str, str]) -> Answer:
        with self._one:
            wanted = {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET, "scope": SCOPE}
            if form != wanted:
                return _said(401, {"error": "invalid_client", "error_description": "AADSTS7000215"})
            self.signed_in += 1
            self.access_token = f"access {self.signed_in}"
            return _said(200, {"access_token": self.access_token, "expires_in": 3599, "token_type": "Bearer"})

    def call(self, method: str, path: str, asked: dict[str, str], headers: dict, body: bytes) -> Answer | None:
        """None where the answer is lost."""
        with self._one:
            name = _name(method, path)
            self.calls.append(name)
            if self.before and self.before[0][0] == name:
                self.before.popleft()[1]()
            if self.instead and self.instead[0][0] == name:
                return self.instead.popleft()[1]
            if name in self.drop:
                self.drop.remove(name)
                return None
            answer = self._answer(method, path, asked, headers, body)
            if name in self.lose:
                self.lose.remove(name)
                return None
            return answer

    def _answer(self, method: str, path: str, asked: dict[str, str], headers: dict, body: bytes) -> Answer | None:
        try:
            if method == "GET":
                return _said(200, self._read(path, asked, headers))
            return self._written(method, path, headers, json.loads(body or b"{}", parse_float=Decimal))
        except RefusalError as error:
            return fault(error.status, error.code, error.message)
        except (AssertionError, KeyError, ConditionError) as error:
            self.wrong.append(f"{method} {path}: {type(error).__name__} {error}")
            return fault(400, "BadRequest", f"The property {error} does not exist.")

    def _written(self, method: str, path: str, headers: dict, values: dict) -> Answer | None:
        entity, id_, part = self._parts(path)
        if method == "POST":
            return self._create(entity, id_, part, values)
        row = self.books.row(entity, id_)
        if headers.get("If-Match") != row["@odata.etag"]:
            return fault(409, "Request_EntityChanged", "Another user has already changed the record.")
        if method == "DELETE":
            self.books.remove(entity, row)
            return Answer(204)
        self.books.change(entity, row, values)
        return _said(200, row)

    def _create(self, entity: str, id_: str | None, part: str | None, values: dict) -> Answer | None:
        if entity == "customers":
            return _said(201, self.books.create_customer(values))
        if id_ is None:
            return self._deep(entity, values)
        assert part == LINES[entity], part
        return _said(201, self.books.add_line(entity, self.books.row(entity, id_), values))

    def _deep(self, entity: str, values: dict) -> Answer | None:
        """The document and its lines, or nothing; unless it is to break in the middle."""
        kept = {name: list(rows) for name, rows in self.books.tables.items()}
        row = self.books.create_sale(entity, values)
        half = self.halves.popleft() if self.halves else None
        try:
            for line in values[LINES[entity]][:half]:
                self.books.add_line(entity, row, line)
        except RefusalError:
            if not self.keeps_halves:
                self.books.tables = kept
            raise
        return None if half is not None else _said(201, row | self.books.totals(entity, row))

    def _read(self, path: str, asked: dict[str, str], headers: dict) -> dict:
        if path == "companies":
            return {"value": [{"id": COMPANY, "name": "LANTERN", "displayName": "Lantern & Co"}]}
        entity, id_, part = self._parts(path)
        assert part is None, path
        if id_ is not None:
            return self._shown(entity, self.books.row(entity, id_), asked)
        if "Prefer" not in headers and headers.get("Data-Access-Intent") != "ReadWrite":
            self.wrong.append(f"{path} read where it may lag behind")
        wanted = condition(asked["$filter"]) if "$filter" in asked else lambda _row: True
        found = [self._shown(entity, row, asked) for row in self.books.rows(entity) if wanted(row)]
        if "$orderby" in asked:
            assert asked["$orderby"] == "lastModifiedDateTime desc"
            found.sort(key=lambda row: row["lastModifiedDateTime"], reverse=True)
        return self._page(path, found, asked, headers)

    def _page(self, path: str, found: list[dict], asked: dict[str, str], headers: dict) -> dict:
        size = int(re.sub(r"\D", "", headers.get("Prefer", str(self.page))))
        first = int(asked.get("$skiptoken", 0))
        said: dict[str, object] = {"value": found[first : first + size][: int(asked.get("$top", size))]}
        if len(found) > first + size and "$top" not in asked:
            more = urlencode(asked | {"$skiptoken": str(first + size)})
            said["@odata.nextLink"] = f"https://elsewhere.example{BASE}/{path}?{more}"
        return said

    def _shown(self, entity: str, row: dict, asked: dict[str, str]) -> dict:
        shown = {name: said for name, said in row.items() if not name.startswith("_")}
        if "$select" in asked:
            wanted = asked["$select"].split(",")
            shown = {name: row[name] for name in wanted}
        if entity in LINES:
            shown |= self.books.totals(entity, row)
        if "$expand" in asked:
            assert asked["$expand"] == LINES[entity], asked
            shown[LINES[entity]] = [dict(line) for line in reversed(self.books.lines(entity, row))]
        return shown

    def _parts(self, path: str) -> tuple[str, str | None, str | None]:
        found = _PATH.fullmatch(path)
        known = {*LINES, *LINES.values(), "customers", "items", *EVER_READ}
        if not found or found[1] not in known:
            raise RefusalError("BadRequest_NotFound", f"Resource not found for the segment {path}.", 404)
        return found[1], found[2], found[3]


def fault(status: int, code: str, message: str, **headers: str) -> Answer:
    words = f"{message}  CorrelationId:  0a1b2c3d-0000-4000-8000-000000000000."
    said = {"error": {"code": code, "message": words}}
    return _said(status, said, {name.replace("_", "-"): value for name, value in headers.items()})


def _name(method: str, path: str) -> str:
    """Such as `POST salesOrders`, and `POST salesOrderLines` for a line of one."""
    found = _PATH.fullmatch(path)
    return f"{method} {(found[3] or found[1]) if found else path}"


def _said(status: int, said: object, headers: dict[str, str] | None = None) -> Answer:
    return Answer(status, _JSON.encode(said), headers or {})


class _Server(ThreadingHTTPServer):
    def __init__(self, there: BusinessCentral) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.there = there


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def _go(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == SIGN_IN:
            form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            self._answer(self.server.there.sign_in(form))
        elif not parts.path.startswith(f"{BASE}/"):
            self._answer(Answer(404, b"<html>Not found</html>"))
        elif self.headers["Authorization"] != f"Bearer {self.server.there.access_token}":
            self._answer(fault(401, "Authentication_InvalidCredentials", "The server has rejected the credentials."))
        else:
            path = parts.path.removeprefix(f"{BASE}/")
            self._answer(self.server.there.call(self.command, path, asked, dict(self.headers), body))

    def do_GET(self) -> None:
        self._go()

    def do_POST(self) -> None:
        self._go()

    def do_PATCH(self) -> None:
        self._go()

    def do_DELETE(self) -> None:
        self._go()

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
