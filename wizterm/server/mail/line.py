"""A line to a mail server that waits no longer, and hears no more, than it was told; what is no SMTP it says."""

from __future__ import annotations

import binascii
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wizterm.domain.text import plain

MOST_REPLY = 64 * 1024
"""Bytes of one whole reply; those of real servers have less than two thousand."""
CONNECT_SECONDS = 20.0
"""For all addresses of a host together."""
BLOCK = 16 * 1024
"""Content goes in such pieces, each within a step: TLS knows a time limit for a piece alone."""
LONGEST_SHOWN = 80
_REPLY = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?", re.DOTALL)


class LineError(smtplib.SMTPException):
    """The line cannot be used; the message is the end of a sentence that begins with the mail server."""


@dataclass(frozen=True, slots=True)
class Patience:
    """A step for each reply, and an end for all of them."""

    monotonic: Callable[[], float]
    ends: float
    step: float

    @classmethod
    def of(cls, monotonic: Callable[[], float], seconds: float, step: float) -> Patience:
        return cls(monotonic, monotonic() + seconds, step)

    def one(self) -> Patience:
        """That for the next reply."""
        return Patience(self.monotonic, min(self.ends, self.monotonic() + self.step), self.step)

    def left(self) -> float:
        """Raises `TimeoutError` where nothing is."""
        left = min(self.step, self.ends - self.monotonic())
        if left <= 0:
            raise TimeoutError("timed out")
        return left


class Line(smtplib.SMTP):
    """In the library's hands a server that never ends a reply holds its caller, and fills the memory, for ever."""

    def __init__(self, host: str, port: int, called: str, patience: Patience, **tls: ssl.SSLContext) -> None:
        """`called` is our name for the greeting: asking the system for one may wait for a name server."""
        self.patience = patience
        self._heard = b""
        self._heard_from: socket.socket | None = None
        super().__init__(host, port, called, timeout=_seconds_each(host, port), **tls)  # type: ignore[arg-type]  # goes to SMTP_SSL alone

    def putcmd(self, cmd: str, args: str = "") -> None:
        if self.sock is not None:
            self.sock.settimeout(self.patience.left())
        super().putcmd(cmd, args)

    def send_all(self, content: bytes) -> None:
        for start in range(0, len(content), BLOCK):
            if self.sock is not None:
                self.sock.settimeout(self.patience.left())
            self.send(content[start : start + BLOCK])

    def getreply(self) -> tuple[int, bytes]:
        """One whole reply. Raises where it is late, endless, or none; the line is closed then."""
        try:
            return self._reply()
        except (TimeoutError, smtplib.SMTPException):
            self.close()
            raise
        except OSError as error:
            self.close()
            raise smtplib.SMTPServerDisconnected(str(error)) from error

    def sign_in(self, user: str, password: str) -> None:
        try:
            self.login(user, password)
        except UnicodeEncodeError as error:
            raise LineError(
                "cannot be told this user and password: only signs of ASCII can be sent. "
                "Look at mail.user and mail.password."
            ) from error
        except binascii.Error as error:
            raise LineError("asks for the sign-in in a way that cannot be read.") from error

    def _reply(self) -> tuple[int, bytes]:
        code, words = 0, []
        for row in self._rows():
            found = _REPLY.fullmatch(row)
            if found is None or code not in {0, int(found[1])}:
                raise LineError(f"answered what is no SMTP: {_shown(row)}.")
            code = int(found[1])
            words.append((found[3] or b"").strip())
            if found[2] != b"-":
                break
        return code, b"\n".join(words)

    def _rows(self) -> Iterator[bytes]:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("the line is closed")
        if self._heard_from is not self.sock:
            self._heard, self._heard_from = b"", self.sock  # what came before TLS is nobody's word
        patience, size = self.patience.one(), 0
        while True:
            row, end, self._heard = self._heard.partition(b"\n")
            if end:
                size += len(row) + 1
                yield row.removesuffix(b"\r")
            else:
                self._heard = row + self._more(patience)
            if size + len(self._heard) > MOST_REPLY:
                raise LineError("does not come to the end of its answer.")

    def _more(self, patience: Patience) -> bytes:
        assert self.sock is not None
        self.sock.settimeout(patience.left())
        if not (more := self.sock.recv(4096)):
            raise smtplib.SMTPServerDisconnected("the line was closed")
        return more


class TlsLine(Line, smtplib.SMTP_SSL):
    """TLS from the first byte, by the `context` that it is given."""


def _seconds_each(host: str, port: int) -> float:
    """A host may have many addresses, of which each is waited for."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except ValueError as error:  # of the name's encoding: an empty or endless part, a zero byte
        raise LineError("has no name that can be looked up. Look at mail.host.") from error
    return CONNECT_SECONDS / max(1, len(found))


def _shown(row: bytes) -> str:
    return repr(plain(row.decode("utf-8", "replace"))[:LONGEST_SHOWN])
