"""The stand-in as a server: lets in whoever has a token, counts what is asked, and loses answers when told to."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.support.zoho_box.answering import Answering
from tests.support.zoho_box.company import ORGANIZATION, Company, Row, furnished

ROOTS = {"/inventory/v1/": "inventory", "/books/v3/": "books"}
SECRETS = {"client_id": "1000.CLIENT", "client_secret": "s3cret", "refresh_token": "1000.REFRESH"}
MOST_TOKENS = 10
NOT_IN = {"code": 57, "message": "You are not authorized to perform this operation"}


@dataclass
class ZohoBox:
    company: Company
    answering: Answering
    address: str = ""
    lose: deque[str] = field(default_factory=deque)
    """Calls whose next answer is lost after they were done, such as POST salesorders."""
    lost: list[str] = field(default_factory=list)
    instead: deque[tuple[str, int, Row]] = field(default_factory=deque)
    """Calls that are answered so, and not done."""
    asked: list[str] = field(default_factory=list)
    """What was called, with ids as a star."""
    good: set[str] = field(default_factory=set)
    """Tokens that are taken."""
    tokens: int = 0
    """How many were given."""

    def on(self, call: str, status: int, code: int, message: str = "No.") -> None:
        """Answer the next call of this kind so."""
        self.instead.append((call, status, {"code": code, "message": message}))

    def token(self, said: dict[str, str]) -> tuple[int, Row]:
        """As Zoho says it: refusals with a good status too."""
        for name, error in (("client_id", "invalid_client"), ("client_secret", "invalid_client_secret")):
            if said.get(name) != SECRETS[name]:
                return 200, {"error": error}
        if said.get("refresh_token") != SECRETS["refresh_token"] or said.get("grant_type") != "refresh_token":
            return 200, {"error": "invalid_code"}
        if self.tokens >= MOST_TOKENS:
            return 400, {"error": "Access Denied", "status": "failure"}
        self.tokens += 1
        made = f"1000.access{self.tokens}"
        self.good.add(made)
        return 200, {"access_token": made, "expires_in": 3600, "token_type": "Bearer"}

    def call(self, verb: str, url: str, headers: Any, content: bytes) -> tuple[str, int, Row]:
        """What it was, and the answer to it."""
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
        if parts.path == "/oauth/v2/token":
            return "token", *self.token(query | dict(parse_qsl(content.decode())))
        root = next((root for root in ROOTS if parts.path.startswith(root)), "")
        path = parts.path.removeprefix(root)
        name = f"{verb} {'/'.join('*' if part.isdecimal() else part for part in path.split('/'))}"
        self.asked.append(name)
        for each in list(self.instead):
            if each[0] == name:
                self.instead.remove(each)
                return name, each[1], each[2]
        kind, _, token = headers.get("Authorization", "").partition(" ")
        if kind != "Zoho-oauthtoken" or token not in self.good:
            return name, 401, NOT_IN
        if ROOTS.get(root) != self.company.product:
            return name, 404, {"code": 5, "message": "Invalid URL Passed"}
        if path == "organizations" and "organization_id" in query:
            self.answering.strange.append("organizations of an organization")
        if path != "organizations" and query.get("organization_id") != ORGANIZATION:
            return name, 401, {"code": 6041, "message": "This user is not associated with the CompanyID."}
        body = json.loads(content, parse_float=Decimal, parse_int=_number) if content else None
        return name, *self.answering.answer(verb, path, query, body)

    def loses(self, call: str) -> bool:
        if call not in self.lose:
            return False
        self.lose.remove(call)
        self.lost.append(call)
        return True

    def values(self, **other: str) -> dict[str, str]:
        """What [erp.zoho] says of it."""
        where = {"accounts_address": self.address, "api_address": self.address, "organization": ORGANIZATION}
        return SECRETS | where | {"product": self.company.product} | other


@contextmanager
def open_box(product: str) -> Iterator[ZohoBox]:
    company = furnished(product)
    box = ZohoBox(company, Answering(company))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(box))
    server.daemon_threads = True
    box.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert box.answering.strange == []


def _number(text: str) -> Decimal:
    return Decimal(text)


def _handler(box: ZohoBox) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._take()

        def do_POST(self) -> None:
            self._take()

        def do_DELETE(self) -> None:
            self._take()

        def _take(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            call, status, said = box.call(self.command, self.path, self.headers, content)
            self.close_connection = True
            if box.loses(call):
                return
            text = json.dumps(said, default=float).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json;charset=UTF-8")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler
