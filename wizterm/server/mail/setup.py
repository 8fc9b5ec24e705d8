"""Mail as the settings have it; what is wrong with them is one sentence, said before anything is served."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, replace
from email.headerregistry import Address
from importlib.util import find_spec
from pathlib import Path

from wizterm.config import Mail
from wizterm.domain.clock import Clock
from wizterm.domain.paper_rules import PaperRules
from wizterm.paper.faces import NoFaceError, check_face, wide_face
from wizterm.server.deliveries import TO_CUSTOMER, TO_OFFICE, TO_REP, MailPlan
from wizterm.server.dispatch.gate import Limits
from wizterm.server.mail.addresses import AddressError, mailbox, mailboxes
from wizterm.server.mail.composing import MEGABYTE, Stationery
from wizterm.server.mail.eml_folder import EmlFolder
from wizterm.server.mail.letter import Correspondence
from wizterm.server.mail.mailing import MailTo, MailWay
from wizterm.server.mail.smtp import USUAL_PORTS, MailServer, Smtp
from wizterm.server.store.naming import company_name
from wizterm.server.store.store import Store

AT_ONCE = 4
"""Mails that all workers together hand over at a time; mail servers bear few lines from one client."""


class MailSetupError(Exception):
    """Mails cannot be sent as the settings are; the message names the setting."""


@dataclass(frozen=True, slots=True)
class Post:
    """How a company mails."""

    plan: MailPlan
    stationery: Stationery
    office: tuple[Address, ...]
    way: MailServer | Path
    """A mail server, or a folder for trials."""
    limits: Limits

    def to(self, target: str, store: Store, clock: Clock) -> MailTo:
        """Under the name that the company has in the store, where none is set."""
        named = replace(self.stationery, company=company_name(store, self.stationery.company))
        return MailTo(target, Correspondence(store, self.office), named, self.opened_way(clock), clock)

    def opened_way(self, clock: Clock) -> MailWay:
        return EmlFolder(self.way) if isinstance(self.way, Path) else Smtp(self.way, clock.monotonic)


def post(settings: Mail, paper: PaperRules, company: str) -> Post | None:
    """None where no mails are wanted. Raises `MailSetupError`."""
    if not (settings.host or settings.folder):
        return None
    if not settings.sender:
        raise MailSetupError("mail.sender is empty: set whom mails come from, such as orders@company.example.")
    office = _addresses(settings, "office_addresses")
    if settings.attach:
        _check_paper(paper)
    stationery = Stationery(
        company=company,
        sender=_address(settings, "sender"),
        reply_to=_address(settings, "reply_to") if settings.reply_to else None,
        copies=_addresses(settings, "bcc"),
        paper=paper,
        attach=settings.attach,
        most_bytes=settings.attach_megabytes * MEGABYTE,
    )
    way = Path(settings.folder).expanduser() if settings.folder else _server(settings)
    return Post(_plan(settings, told=bool(office)), stationery, office, way, Limits(AT_ONCE, settings.a_minute))


def _plan(settings: Mail, *, told: bool) -> MailPlan:
    when = {TO_CUSTOMER: settings.customer, TO_REP: settings.rep, TO_OFFICE: settings.office if told else "never"}
    return MailPlan(
        received=tuple(target for target, moment in when.items() if moment == "received"),
        confirmed=tuple(target for target, moment in when.items() if moment == "confirmed"),
    )


def _server(settings: Mail) -> MailServer:
    password = settings.password or _first_line(settings.password_file)
    if settings.user and not password:
        raise MailSetupError("mail.user has no password: set mail.password, or mail.password_file.")
    return MailServer(
        host=settings.host,
        port=settings.port or USUAL_PORTS[settings.security],
        security=settings.security,
        user=settings.user,
        password=password,
        context=_context(settings.ca_file) if settings.security != "none" else None,
    )


def _context(ca_file: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(Path(ca_file).expanduser()) if ca_file else None)
    except (OSError, ssl.SSLError) as error:
        raise MailSetupError(
            f"mail.ca_file: {ca_file} cannot be read as certificates: {error.strerror or error}. Name a PEM file."
        ) from error


def _first_line(file: str) -> str:
    if not file:
        return ""
    try:
        lines = Path(file).expanduser().read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise MailSetupError(f"mail.password_file: {file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise MailSetupError(f"mail.password_file: {file} cannot be read: expected text in UTF-8.") from error
    return lines[0] if lines else ""


def _address(settings: Mail, key: str) -> Address:
    try:
        return mailbox(getattr(settings, key))
    except AddressError as error:
        raise MailSetupError(f"mail.{key}: {error}") from error


def _addresses(settings: Mail, key: str) -> tuple[Address, ...]:
    try:
        return mailboxes(getattr(settings, key))
    except AddressError as error:
        raise MailSetupError(f"mail.{key}: {error}") from error


def _check_paper(paper: PaperRules) -> None:
    if find_spec("fpdf") is None:
        raise MailSetupError(
            "Mails bring PDFs, which need fpdf2: pip install 'wizterm[paper]', or set mail.attach = false."
        )
    try:
        face = wide_face(paper.font)
        if face is not None:
            check_face(face)
    except NoFaceError as error:
        raise MailSetupError(str(error)) from error
