"""A mail that says only that mails arrive."""

from __future__ import annotations

from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage

from wizterm.server.mail.addresses import needs_utf8
from wizterm.server.mail.composing import Parcel, Stationery, heading
from wizterm.server.mail.headers import wired


def trial(stationery: Stationery, to: Address, now: datetime, name: str) -> Parcel:
    """`name` is one that no other mail has."""
    utf8 = needs_utf8(to, stationery.sender)
    message_id = f"<{name}.trial@{stationery.sender.domain}>"
    headers = heading(message_id, stationery.sender, (to,), "Mails of the order server arrive", now)
    message = EmailMessage(policy.SMTP)
    message.set_content(
        "This is a trial by `wizterm admin mail check`: confirmations of orders and quotes come the same way.\n"
    )
    content = wired(headers, message)
    return Parcel(message_id, stationery.sender, (to,), (), content, utf8, f"trial-{name}")
