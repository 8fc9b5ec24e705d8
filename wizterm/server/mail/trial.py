"""A mail that says only that mails arrive."""

from __future__ import annotations

from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from wizterm.server.mail.addresses import needs_utf8
from wizterm.server.mail.composing import Parcel, Stationery, wired


def trial(stationery: Stationery, to: Address, now: datetime, name: str) -> Parcel:
    """`name` is one that no other mail has."""
    utf8 = needs_utf8(to, stationery.sender)
    message = EmailMessage(policy.SMTPUTF8 if utf8 else policy.SMTP)
    message_id = f"<{name}.trial@{stationery.sender.domain}>"
    message["From"] = stationery.sender
    message["To"] = to
    message["Subject"] = "Mails of the order server arrive"
    message["Date"] = format_datetime(now)
    message.set_content(
        "This is a trial by `wizterm admin mail check`: confirmations of orders and quotes come the same way.\n"
    )
    return Parcel(message_id, stationery.sender, (to,), (), wired(message, message_id), utf8, f"trial-{name}")
