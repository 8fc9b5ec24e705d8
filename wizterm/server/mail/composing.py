"""A letter as the very bytes that go to a mail server, with its envelope."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from wizterm.domain.document import State, key
from wizterm.domain.paper_rules import USUAL_PAPERS, PaperRules
from wizterm.paper.faces import NoFaceError, wide_face
from wizterm.paper.order_paper import Letterhead, order_pages
from wizterm.paper.pages import SIZES
from wizterm.paper.pdf import NoPdfError, pdf
from wizterm.paper.symbols import NoSymbolError
from wizterm.protocol.sums import called
from wizterm.server.deliveries import TO_CUSTOMER, TO_REP
from wizterm.server.mail.addresses import needs_utf8
from wizterm.server.mail.as_html import as_html
from wizterm.server.mail.as_text import as_text
from wizterm.server.mail.headers import Written, one, people, wired, words
from wizterm.server.mail.letter import Letter
from wizterm.server.mail.wording import said

MEGABYTE = 1024 * 1024
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Stationery:
    """What all mails of a company have in common."""

    company: str
    sender: Address
    reply_to: Address | None = None
    copies: tuple[Address, ...] = ()
    """Hidden ones, of what goes to customers."""
    paper: PaperRules = USUAL_PAPERS
    attach: bool = True
    most_bytes: int = 10 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Parcel:
    """A mail ready to go: the bytes, and the envelope around them."""

    message_id: str
    sender: Address
    to: tuple[Address, ...]
    copies: tuple[Address, ...]
    content: bytes
    utf8: bool
    """Whether an address needs a mail server that takes signs beyond ASCII before the @."""
    name: str
    """Safe for a file."""


def parcel(letter: Letter, stationery: Stationery, now: datetime) -> Parcel:
    """The same document to the same target has the same Message-ID whenever it goes: mailboxes can fold doubles.

    Raises `UnwritableError`.
    """
    body, utf8 = letter.body, needs_utf8(*letter.to, stationery.sender)
    message_id = f"<{key(body.id)}.{body.revision}.{letter.target}@{stationery.sender.domain}>"
    attachment, told = _attachment(letter, stationery)
    content = said(letter, stationery.company, told)
    answer = _reply_to(letter, stationery, utf8=utf8)
    headers = (
        *heading(message_id, stationery.sender, letter.to, content.subject, now),
        *([people("Reply-To", [answer])] if answer is not None else []),
        one("Auto-Submitted", "auto-generated"),
    )
    message = EmailMessage(policy.SMTP)
    message.set_content(as_text(content), cte="quoted-printable")
    message.add_alternative(as_html(content), subtype="html", cte="quoted-printable")
    if attachment:
        name = f"{safe_name(body.number)}.pdf"
        message.add_attachment(attachment, maintype="application", subtype="pdf", filename=name)
    return Parcel(
        message_id=message_id,
        sender=stationery.sender,
        to=letter.to,
        copies=stationery.copies if letter.target == TO_CUSTOMER else (),
        content=wired(headers, message),
        utf8=utf8,
        name=f"{safe_name(body.number)}.{body.revision}.{letter.target}",
    )


def heading(
    message_id: str, sender: Address, to: tuple[Address, ...], subject: str, now: datetime
) -> tuple[Written, ...]:
    """What stands above every mail."""
    return (
        one("Message-ID", message_id),
        people("From", [sender]),
        people("To", to),
        words("Subject", subject),
        words("Date", format_datetime(now)),
    )


def safe_name(number: str) -> str:
    return _UNSAFE.sub("-", number)[:40].strip("-") or "document"


def _reply_to(letter: Letter, stationery: Stationery, *, utf8: bool) -> Address | None:
    """The rep, if their address can stand in this mail."""
    rep = letter.rep_address
    if letter.target != TO_REP and rep is not None and (utf8 or not needs_utf8(rep)):
        return rep
    return stationery.reply_to


def _attachment(letter: Letter, stationery: Stationery) -> tuple[bytes, str]:
    """The PDF, and what the mail says of it."""
    if not stationery.attach:
        return b"", ""
    body, what = letter.body, called(letter.body)
    try:
        made = _pdf(letter, stationery)
    except (NoSymbolError, NoFaceError, NoPdfError):
        return b"", f"The PDF of the {what} could not be made: ask for it."
    if len(made) > stationery.most_bytes:
        return b"", f"The PDF of the {what} is too large to come with this mail: ask for it."
    return made, f"The {what} is attached as {safe_name(body.number)}.pdf."


def _pdf(letter: Letter, stationery: Stationery) -> bytes:
    """The same each time: its date is that of the document."""
    rules = stationery.paper
    head = Letterhead(stationery.company, letter.rep_name, rules.terms, SIZES[rules.size])
    pages = order_pages(letter.body, head, "refused" if letter.state == State.REFUSED else "")
    return pdf(pages, title=letter.body.number, at=letter.taken_at, face=wide_face(rules.font))
