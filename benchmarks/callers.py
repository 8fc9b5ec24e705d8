"""Devices that call a server as fast as it answers, or at a pace: bytes made beforehand, one connection each."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from wizterm.protocol import documents

T = TypeVar("T")
HANG_GUARD = 120


@dataclass(frozen=True, slots=True)
class Caller:
    port: int
    token: str

    def connected(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=HANG_GUARD)

    def call(self, connection: http.client.HTTPConnection, method: str, path: str, body: bytes | None = None) -> bytes:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            raise AssertionError(f"{method} {path} was answered {answer.status}: {said[:200]!r}")
        return said

    def post_all(self, bodies: Sequence[bytes]) -> None:
        connection = self.connected()
        for body in bodies:
            self.call(connection, "POST", documents.PATH, body)
        connection.close()

    def post_paced(self, bodies: Sequence[bytes], between: float, begin: float = 0.0) -> list[float]:
        """How long each took, in milliseconds, from when it was due: whoever is late pays for those behind.

        The first is due after `begin` seconds.
        """
        connection, took, due = self.connected(), [], time.perf_counter() + begin
        for body in bodies:
            time.sleep(max(0.0, due - time.perf_counter()))
            self.call(connection, "POST", documents.PATH, body)
            took.append((time.perf_counter() - due) * 1000)
            due += between
        connection.close()
        return took


def together(work: Sequence[Callable[[], T]]) -> tuple[float, list[T]]:
    """All at once: the seconds until the last is done, and what each gave."""
    with ThreadPoolExecutor(len(work)) as pool:
        start = time.perf_counter()
        done = [each.result() for each in [pool.submit(each) for each in work]]
        return time.perf_counter() - start, done
