"""A proxy with TLS between a device and its server: it passes everything on, or does to it what a fault says."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from tests.support.patience import HANG_GUARD


class HangUpError(Exception):
    """This connection ends here."""


@dataclass
class Exchange:
    """One request, and what can be done with it."""

    connection: socket.socket
    head: bytes
    body: bytes
    port: int
    """The server's."""

    @property
    def method(self) -> str:
        return self.head.split(b" ")[0].decode()

    @property
    def path(self) -> str:
        return self.head.split(b" ")[1].decode()

    def asked(self) -> bytes:
        """The server's answer, as it came."""
        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=HANG_GUARD)
        try:
            there.putrequest(self.method, self.path, skip_host=True, skip_accept_encoding=True)
            for line in self.head.split(b"\r\n")[1:]:
                name, _, value = line.decode().partition(": ")
                if name and name.lower() != "accept-encoding":
                    there.putheader(name, value)
            there.endheaders(self.body)
            answer = there.getresponse()
            body = answer.read()
            lines = [f"HTTP/1.1 {answer.status} X", *(f"{name}: {value}" for name, value in answer.getheaders())]
            return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
        finally:
            there.close()

    def say(self, answer: bytes) -> None:
        self.connection.sendall(answer)

    def reset(self) -> None:
        """End it as a broken line does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        raise HangUpError


Fault = Callable[[Exchange], None]


def passed_on(exchange: Exchange) -> None:
    exchange.say(exchange.asked())


@dataclass
class Proxy:
    port: int
    """The server's."""
    tls: ssl.SSLContext
    fault: Fault = passed_on
    at: str = ""
    """The path that the fault is for; one that ends with a slash stands for all below it."""
    hits: int = 0
    """How often it was."""
    _ended: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def break_(self, fault: Fault, at: str) -> None:
        self.fault, self.at, self.hits = fault, at, 0

    def heal(self) -> None:
        self.fault, self.at = passed_on, ""
        self.drop()

    def drop(self) -> None:
        """End what hangs."""
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def close(self) -> None:
        self._ended.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.drop()
        self._thread.join(HANG_GUARD)

    def _meant(self, path: str) -> bool:
        return path == self.at or (self.at.endswith("/") and path.startswith(self.at))

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, bare: socket.socket) -> None:
        bare.settimeout(HANG_GUARD)
        with suppress(OSError, HangUpError), self.tls.wrap_socket(bare, server_side=True) as connection:
            while request := _read(connection):
                exchange = Exchange(connection, *request, self.port)
                if self._meant(exchange.path.partition("?")[0]):
                    self.hits += 1
                    self.fault(exchange)
                else:
                    passed_on(exchange)


def _read(connection: socket.socket) -> tuple[bytes, bytes] | None:
    """A request's head and body; None at the end."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    wanted = int(lengths[0].split(b":")[1]) if lengths else 0
    while len(body) < wanted:
        body += connection.recv(65536)
    return head, body
