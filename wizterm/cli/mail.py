"""`wizterm admin mail`: whether mails can go, and what one says."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.office_store import opened_store
from wizterm.cli.posting import posting
from wizterm.cli.printing import as_json, print_json
from wizterm.cli.settings import server_settings
from wizterm.cli.targets import Target
from wizterm.cli.telling import TellingGroup
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from email.message import EmailMessage

    from wizterm.server.archive import DeliveryLine, DocumentPage
    from wizterm.server.mail.setup import Post
    from wizterm.server.store.store import Store


@click.group(cls=TellingGroup)
def mail() -> None:
    """Confirmations by mail: whether they can go, and what they say."""


@mail.command("check", epilog="Example: wizterm admin mail check --to you@company.example")
@click.option("--to", help="Send a trial to this address too.")
@as_json
@click.pass_obj
def check(folder: Path | None, *, to: str | None, as_json: bool) -> None:
    """Say whether mails can go as the settings are: connect to the mail server, sign in.

    Sends nothing without --to. Ends with status 1 where something is in the way.
    """
    post = _post(folder)
    trouble = _trouble(post)
    sent = _trial(post, to) if to and not trouble else ""
    trouble = trouble or sent
    if as_json:
        print_json({"way": _way(post), "sender": str(post.stationery.sender), "to": to or "", "trouble": trouble})
    elif trouble:
        click.echo(trouble)
    else:
        click.echo(f"{_way(post)} takes mails from {post.stationery.sender.addr_spec}.")
        click.echo(f"A trial is on its way to {plain(to)}.\n" if to else "", nl=False)
    sys.exit(1 if trouble else 0)


@mail.command("show", epilog="Example: wizterm admin mail show KIM-7F-0042 --out confirmation.eml")
@click.argument("document")
@click.option("--to", type=Target(erp=False), default="customer", show_default=True, help="Whose mail.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it as an .eml file, with its PDF.")
@as_json
@click.pass_obj
def show(folder: Path | None, document: str, *, to: str, out: Path | None, as_json: bool) -> None:
    """Show the mail about the DOCUMENT with this number or id as it would go now, and how its delivery stands."""
    from email import message_from_bytes, policy

    from wizterm.domain.clock import SystemClock
    from wizterm.server.mail.headers import UnwritableError
    from wizterm.server.mail.letter import NobodyError

    post = _post(folder)
    with opened_store(folder) as store:
        page = _page(store, document)
        try:
            parcel = post.to(to, store, SystemClock()).parcel(page.line.id, page.line.revision)
        except NobodyError as error:
            raise click.ClickException(plain(str(error))) from error
        except UnwritableError as error:
            raise click.ClickException(f"The mail cannot be written: {plain(str(error))}") from error
    message: EmailMessage = message_from_bytes(parcel.content, policy=policy.default)
    delivery = next((each for each in page.deliveries if each.target == to), None)
    if out is not None:
        _write(out, parcel.content)
    if as_json:
        headers = {name: str(value) for name, value in message.items()}
        state = delivery.state if delivery else ""
        print_json({"state": state, "headers": headers, "text": _text(message), "file": str(out or "")})
        return
    click.echo("\n".join(_told(message, delivery)))
    if out is not None:
        click.echo(f"Written to {plain(str(out))}.")


def _post(folder: Path | None) -> Post:
    post = posting(server_settings(folder=folder).company)
    if post is None:
        raise click.ClickException(
            "Mails are not set up in the settings that this command reads: set mail.host and mail.sender in the file "
            "or the environment, as the server has them; docs/mail.md tells how."
        )
    return post


def _way(post: Post) -> str:
    if isinstance(post.way, Path):
        return f"The folder {post.way}"
    return f"The mail server {post.way.host} port {post.way.port}"


def _trouble(post: Post) -> str:
    """What is in the way; empty where nothing is."""
    from wizterm.domain.clock import SystemClock
    from wizterm.server.mail.smtp import Smtp

    if isinstance(post.way, Path):
        return ""
    return Smtp(post.way, SystemClock().monotonic).check(post.stationery.sender)


def _trial(post: Post, to: str) -> str:
    """The same of a trial."""
    from wizterm.connectors.base import Done
    from wizterm.domain.clock import SystemClock
    from wizterm.domain.ids import uuid7
    from wizterm.server.mail.addresses import AddressError, mailbox
    from wizterm.server.mail.trial import trial

    clock = SystemClock()
    try:
        parcel = trial(post.stationery, mailbox(to), clock.now(), uuid7())
    except AddressError as error:
        raise click.ClickException(str(error)) from error
    outcome = post.opened_way(clock).send(parcel)
    return "" if isinstance(outcome, Done) else outcome.words


def _page(store: Store, document: str) -> DocumentPage:
    from wizterm.server.archive import Archive
    from wizterm.server.mail.mailing import MAILED_KINDS

    pages = Archive(store).pages(document)
    if not pages:
        raise click.ClickException(f"There is no document {plain(document)}: `admin documents list` shows the latest.")
    if pages[0].line.kind not in MAILED_KINDS:
        raise click.ClickException(f"{plain(document)} is a {pages[0].line.kind}: only orders and quotes are mailed.")
    return pages[0]


def _told(message: EmailMessage, delivery: DeliveryLine | None) -> Iterator[str]:
    yield _standing(delivery)
    yield ""
    for name in ("From", "To", "Reply-To", "Subject", "Message-ID"):
        if message[name] is not None:
            yield f"{name}: {plain(str(message[name]))}"
    for part in message.iter_attachments():
        yield f"Attached: {plain(part.get_filename('?'))}, {len(part.get_content()):,} bytes"
    yield ""
    yield _text(message)


def _standing(delivery: DeliveryLine | None) -> str:
    if delivery is None:
        return "Nobody was to be mailed when it came; this is what would go."
    return f"Its delivery is {delivery.state}. {plain(delivery.words)}".rstrip()


def _text(message: EmailMessage) -> str:
    """Line by line: what stands in an order reaches the terminal as text."""
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body is not None else ""
    return "\n".join(plain(row) for row in text.replace("\r\n", "\n").split("\n")).rstrip()


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
