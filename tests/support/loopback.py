"""A real HTTP server on this machine that answers whatever a test says, bytes included."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.support.patience import HANG_GUARD

TLS_HELLO = b"\x16"

Handler = Callable[[socket.socket, str], None]


@dataclass
class Loopback:
    """Each connection gets the next answer, over and over the last one."""

    answers: list[bytes | Handler]
    tls: ssl.SSLContext | None = None
    requests: list[str] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        scheme = "http" if self.tls is None else "https"
        self.address = f"{scheme}://127.0.0.1:{self.listener.getsockname()[1]}"
        self.held: list[socket.socket] = []
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def close(self) -> None:
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        finally:
            self.listener.close()
        for connection in self.held:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        for connection in self.held:
            connection.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            self.held.append(connection)
            connection.settimeout(HANG_GUARD)
            self._answer_all(connection)

    def _answer_all(self, connection: socket.socket) -> None:
        try:
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            while request := _read_request(connection):
                self.requests.append(request)
                answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                if callable(answer):
                    answer(connection, request)
                    return
                connection.sendall(answer)
                if b"Connection: close" in answer:
                    break
        except OSError:
            pass
        connection.close()


@contextmanager
def loopback(*answers: bytes | Handler, tls: ssl.SSLContext | None = None):
    server = Loopback(list(answers), tls)
    try:
        yield server
    finally:
        server.close()


def http(status: int, content_type: str, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def ends(body: bytes, length: int, content_type: str = "application/json") -> bytes:
    """Promises more than it sends, and hangs up."""
    head = f"HTTP/1.1 200 X\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def _read_request(connection: socket.socket) -> str:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return ""
        data += piece
        if data.startswith(TLS_HELLO):
            return "a TLS handshake"
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0
    )
    while len(body) < length:
        body += connection.recv(65536)
    return (head + b"\r\n\r\n" + body).decode()
