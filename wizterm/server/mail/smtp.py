"""Handing a mail to a mail server, and knowing at each step whether the server may have it already.

Until the line with a single dot has left nothing was accepted, whatever happens: the mail may go again. From then on
only an answer tells.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address

from wizterm.connectors.base import Done, Later, Outcome, Refused, Unknown
from wizterm.domain.text import plain
from wizterm.server.mail.addresses import needs_utf8
from wizterm.server.mail.composing import Parcel
from wizterm.server.mail.line import Line, LineError, Patience, TlsLine

USUAL_PORTS = {"starttls": 587, "tls": 465, "none": 25}
STEP_SECONDS = 15.0
SENDING_SECONDS = 50.0
"""For all that comes before the last dot, from the first look for the server on; with the wait after it this ends
before the lease does."""
ANSWER_SECONDS = 50.0
"""A mail server may look for viruses and spam before it answers."""
NOT_THERE_SECONDS = 30.0
REFUSES_US_SECONDS = 300.0
"""Somebody has to mend the set-up first."""
FAREWELL_SECONDS = 1.0
"""One that is not answered changes nothing."""
LONGEST_WORDS = 300
TROUBLE = (OSError, smtplib.SMTPException, ValueError)
"""What a line can raise; the last where a name or an answer cannot be encoded or decoded."""
_LINE_END = re.compile(rb"\r\n|\r|\n")
_FIRST_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    security: str
    """starttls, tls or none."""
    user: str = ""
    password: str = ""
    context: ssl.SSLContext | None = None
    """Whom to trust; the system's certificates where it is not said."""


class Smtp:
    def __init__(self, server: MailServer, monotonic: Callable[[], float]) -> None:
        self._server = server
        self._monotonic = monotonic

    def send(self, parcel: Parcel) -> Outcome:
        try:
            line = self._signed_in(parcel.sender.domain)
        except TROUBLE as error:
            return Later(_rest(error), self._unreached(error))
        try:
            return _Handing(line, parcel, self._monotonic).outcome()
        finally:
            self._leave(line)

    def check(self, sender: Address) -> str:
        """Connect and sign in, and nothing more; gives what went wrong, empty where nothing did."""
        try:
            self._leave(self._signed_in(sender.domain))
        except TROUBLE as error:
            return self._unreached(error)
        return ""

    def _signed_in(self, called: str) -> Line:
        server = self._server
        context = server.context or ssl.create_default_context()
        patience = Patience.of(self._monotonic, SENDING_SECONDS, STEP_SECONDS)
        line: Line
        if server.security == "tls":
            line = TlsLine(server.host, server.port, called, patience, context=context)
        else:
            line = Line(server.host, server.port, called, patience)
        try:
            if server.security == "starttls":
                line.starttls(context=context)
            line.ehlo_or_helo_if_needed()
            if server.user:
                line.sign_in(server.user, server.password)
        except BaseException:
            self._leave(line)
            raise
        return line

    def _leave(self, line: Line) -> None:
        line.patience = Patience.of(self._monotonic, FAREWELL_SECONDS, FAREWELL_SECONDS)
        with suppress(*TROUBLE):
            line.quit()
        line.close()

    def _unreached(self, error: Exception) -> str:
        return f"The mail server {self._server.host} port {self._server.port} {_why(error)}"


class _Handing:
    """One parcel over one line."""

    def __init__(self, line: Line, parcel: Parcel, monotonic: Callable[[], float]) -> None:
        self._line = line
        self._parcel = parcel
        self._monotonic = monotonic

    def outcome(self) -> Outcome:
        try:
            refusal = self._envelope() or self._content()
        except TROUBLE as error:
            return Later(NOT_THERE_SECONDS, f"The mail server {_why(error)}")
        return refusal or self._answer()

    def _envelope(self) -> Outcome | None:
        parcel, line = self._parcel, self._line
        if parcel.utf8 and not line.has_extn("smtputf8"):
            return Refused(f"The mail server takes no address such as {parcel.to[0].addr_spec} (SMTPUTF8).")
        options = ["SMTPUTF8", "BODY=8BITMIME"] if parcel.utf8 else []
        if line.has_extn("size"):
            options.append(f"SIZE={len(parcel.content)}")
        code, words = line.mail(parcel.sender.addr_spec, options)
        if code == 552:
            return Refused(f"The mail is too large for the mail server: {_told(code, words)}")
        if not 200 <= code < 300:
            return Later(REFUSES_US_SECONDS, f"The mail server takes nothing from us: {_told(code, words)}")
        taken, refused, later = self._recipients(parcel.to)
        if not taken and later:
            return Later(0.0, f"Not yet: {'; '.join(later)}")
        if not taken:
            return Refused(f"The mail server refused {'; '.join(refused)}")
        self._recipients(tuple(each for each in parcel.copies if parcel.utf8 or not needs_utf8(each)))
        return None

    def _recipients(self, those: tuple[Address, ...]) -> tuple[list[str], list[str], list[str]]:
        """Those that were taken, refused, and put off, the latter two with the server's words."""
        taken: list[str] = []
        refused: list[str] = []
        later: list[str] = []
        for each in those:
            code, words = self._line.rcpt(each.addr_spec)
            if code in {250, 251, 252}:
                taken.append(each.addr_spec)
            elif code == 421:
                raise smtplib.SMTPResponseException(code, words)
            else:
                (refused if code >= 500 else later).append(f"{each.addr_spec}: {_told(code, words)}")
        return taken, refused, later

    def _content(self) -> Outcome | None:
        code, words = self._line.docmd("DATA")
        if code != 354:
            return _no(code, words) or Later(NOT_THERE_SECONDS, f"The mail server takes no mail: {_told(code, words)}")
        lines = _FIRST_DOT.sub(b"..", _LINE_END.sub(b"\r\n", self._parcel.content))
        self._line.send_all(lines if lines.endswith(b"\r\n") else lines + b"\r\n")
        return None

    def _answer(self) -> Outcome:
        """From here on the server may have it."""
        parcel = self._parcel
        try:
            self._line.patience = Patience.of(self._monotonic, ANSWER_SECONDS, ANSWER_SECONDS)
            self._line.send_all(b".\r\n")
            code, words = self._line.getreply()
        except TROUBLE as error:
            return _uncertain(_why(error))
        if 200 <= code < 300:
            return Done(parcel.message_id, f"mailed to {', '.join(each.addr_spec for each in parcel.to)}")
        return _no(code, words) or _uncertain(f"said {_told(code, words)}")


def _no(code: int, words: bytes) -> Refused | Later | None:
    """None where the answer is none."""
    if code >= 500:
        return Refused(f"The mail server refused the mail: {_told(code, words)}")
    if code >= 400:
        return Later(NOT_THERE_SECONDS if code == 421 else 0.0, f"Not yet: {_told(code, words)}")
    return None


def _uncertain(ending: str) -> Unknown:
    return Unknown(f"Whether the mail went out is not known: after it was handed over, the server {ending}")


def _rest(error: Exception) -> float:
    ours = (LineError, smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, ssl.SSLCertVerificationError)
    return REFUSES_US_SECONDS if isinstance(error, ours) else NOT_THERE_SECONDS


def _why(error: Exception) -> str:
    """What the line or the server did, as the end of a sentence."""
    match error:
        case smtplib.SMTPAuthenticationError(smtp_code=code, smtp_error=words):
            said = f"does not let us sign in: {_told(code, words)} Look at mail.user and mail.password."
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=words):
            said = f"said {_told(code, words)}"
        case smtplib.SMTPNotSupportedError():
            said = f"cannot do what mail.security and mail.user ask for: {plain(str(error))}"
        case smtplib.SMTPServerDisconnected():
            said = "closed the line."
        case ssl.SSLCertVerificationError(verify_message=words):
            said = f"shows a certificate that is not trusted: {plain(words)}. Name its authority in mail.ca_file."
        case ssl.SSLError():
            said = f"does not speak TLS as expected: {plain(str(error))}. Look at mail.security and mail.port."
        case LineError():
            said = str(error)
        case smtplib.SMTPException():
            said = f"cannot be used: {plain(str(error)).removesuffix('.')}."
        case TimeoutError():
            said = "did not answer in time."
        case _:
            said = f"cannot be reached: {plain(str(error))}."
    return said


def _told(code: int, words: bytes | str) -> str:
    text = words if isinstance(words, str) else words.decode("utf-8", "replace")
    shown = plain(" ".join(text.split()))[:LONGEST_WORDS]
    return f"{code} {shown}".rstrip() + ("" if shown.endswith(".") else ".")
