"""The company's end in this process: the shipped application over the shipped store, asked without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, MutableMapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from litestar import concurrency

from tests.support.store_office import QUICK
from wizterm.connectors.base import Connector
from wizterm.domain.clock import Clock
from wizterm.domain.ids import NewId
from wizterm.server.app import app
from wizterm.server.company import open_company
from wizterm.server.dispatch.dispatcher import Dispatcher


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


class RunningCompany:
    """Started; ends by being closed, or by dying at some step."""

    def __init__(self, folder: Path, erp: Connector, *, clock: Clock, new_id: NewId, chance: Random) -> None:
        company = open_company(folder, name="Testers & Co", connector=erp, clock=clock, new_id=new_id, passwords=QUICK)
        dispatcher = Dispatcher(company.store, erp, clock=clock, new_id=new_id, chance=chance.random)
        self.company = replace(company, dispatcher=dispatcher)
        self.dispatcher = dispatcher
        self._app = app(self.company)
        self._loop = asyncio.new_event_loop()

    def ask(self, method: str, url: str, headers: MutableMapping[str, str], body: bytes) -> Reply:
        """One request, answered before this returns. Raises whatever the process died of."""
        parts = urlsplit(url)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": parts.scheme,
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "client": ("192.0.2.7", 50000),
            "server": (parts.hostname, 443),
            "state": {},
        }
        caller = _Caller(body)
        self._loop.run_until_complete(self._app(scope, caller.receive, caller.send))
        return caller.heard

    def close(self) -> None:
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()
        self.company.store.close()


class _AtOnce(Executor):
    """Runs what would go to a thread in the thread that asks: one order of things, the same every time."""

    def submit(self, call: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(call(*arguments, **named))
        except BaseException as error:  # noqa: BLE001 - an executor hands on whatever was raised
            future.set_exception(error)
        return future


@contextmanager
def one_thread() -> Iterator[None]:
    """In this block, handlers of every application run in the thread that asks."""
    with patch.object(concurrency._State, "EXECUTOR", _AtOnce()):
        yield


class _Caller:
    """Says its request, hears the answer, and hangs up when it is complete."""

    def __init__(self, body: bytes) -> None:
        self._said = [{"type": "http.request", "body": body, "more_body": False}]
        self._complete = asyncio.Event()
        self._start: dict[str, Any] = {}
        self._body = bytearray()

    async def receive(self) -> dict[str, Any]:
        if self._said:
            return self._said.pop()
        await self._complete.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            self._complete.set()

    @property
    def heard(self) -> Reply:
        headers = {name.decode().lower(): value.decode() for name, value in self._start["headers"]}
        return Reply(self._start["status"], headers, bytes(self._body))
