"""A mail server on this machine that keeps what it takes, and answers as it is told."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.support.patience import HANG_GUARD

OK = "250 Taken"
CUT = "cut"
"""The line is closed where an answer was due, though the mail was taken."""
USER, PASSWORD = "wizterm", "s3cret word"


@dataclass
class MailServer:
    """Scripts hold the next answers; without one the answer is yes."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    recipients: deque[str] = field(default_factory=deque)
    """Answers to RCPT TO."""
    contents: deque[str] = field(default_factory=deque)
    """Answers to what came after DATA."""
    senders: deque[str] = field(default_factory=deque)
    """Answers to MAIL FROM."""
    taken: threading.Event = field(default_factory=threading.Event)
    before_answer: threading.Event | None = None
    """An answer to DATA waits for it."""
    signed_in: list[str] = field(default_factory=list)

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options) -> str:  # noqa: N802
        answer = self.senders.popleft() if self.senders else OK
        if answer == OK:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options) -> str:  # noqa: N802
        answer = self.recipients.popleft() if self.recipients else OK
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.contents.popleft() if self.contents else OK
        if answer in {OK, CUT}:
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
            self.envelopes.append(envelope)
            self.taken.set()
        if self.before_answer is not None:
            await server.loop.run_in_executor(None, self.before_answer.wait, 30)
        if answer == CUT:
            server.transport.abort()
        return answer

    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]

    def to(self) -> list[str]:
        return [address for envelope in self.envelopes for address in envelope.rcpt_tos]

    def authenticate(self, server, session, envelope, mechanism, data) -> AuthResult:
        if (data.login, data.password) == (USER.encode(), PASSWORD.encode()):
            self.signed_in.append(data.login.decode())
            return AuthResult(success=True)
        return AuthResult(success=False, handled=False)


class _Listening(Controller):
    """On a port that is taken before anybody is told of it."""

    def __init__(self, handler: MailServer, **options) -> None:
        self._lines: list[SMTP] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        port = self._socket.getsockname()[1]
        super().__init__(handler, hostname="127.0.0.1", port=port, ready_timeout=HANG_GUARD, **options)

    def factory(self) -> SMTP:
        line = super().factory()
        self._lines.append(line)
        return line

    def hang_up(self) -> None:
        """End lines that are still open; a loop that stops leaves them to the collector, which complains."""
        asyncio.run_coroutine_threadsafe(self._ended(), self.loop).result(30)

    async def _ended(self) -> None:
        for line in self._lines:
            if line.transport is not None:
                line.transport.abort()
        for _ in range(3):  # the loop calls what was lost, and the tasks that end with it
            await asyncio.sleep(0)

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self._socket, ssl=self.ssl_context)


@contextmanager
def mail_server(**options) -> Iterator[MailServer]:
    """Options are those of aiosmtpd, such as `tls_context` for STARTTLS."""
    server = MailServer()
    options.setdefault("enable_SMTPUTF8", False)
    controller = _Listening(server, authenticator=server.authenticate, **options)
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        controller.hang_up()
        controller.stop()
