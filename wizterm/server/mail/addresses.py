"""Addresses, as the office, reps and customers give them: checked before they stand in a header or an envelope."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.utils import parseaddr

from wizterm.domain.text import plain

LONGEST = 254
LONGEST_LOCAL = 64
LONGEST_NAME = 78
_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(\.{_LABEL})*")


class AddressError(ValueError):
    """That is no address that a mail can go to; the message says what was expected."""


def address(text: str, name: str = "") -> Address:
    """The domain as it goes over the wire, in ASCII; signs beyond ASCII before the @ stay, and need SMTPUTF8.

    What begins like an encoded word is none: readers may decode it, and write to somebody else.
    """
    local, _, domain = text.strip().rpartition("@")
    try:
        wired = domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        wired = ""
    fits = (
        "=?" not in local
        and len(local) <= LONGEST_LOCAL
        and len(local) + len(wired) < LONGEST
        and plain(local) == local
    )
    if not (fits and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(wired)):
        raise AddressError(f"{plain(text.strip())[:60]!r} is no e-mail address: expected name@company.example.")
    return Address(named(name), local, wired)


def named(text: str) -> str:
    """A name that can stand in a header: one line, and not endless."""
    return plain(text.strip())[:LONGEST_NAME].strip()


def mailbox(text: str) -> Address:
    """`Lantern & Co <orders@lantern.example>`, or an address alone."""
    if "<" not in text:
        return address(text)
    name, bare = parseaddr(plain(text))
    return address(bare, name)


def mailboxes(text: str) -> tuple[Address, ...]:
    """Several, with commas between."""
    return tuple(mailbox(part) for part in text.split(",") if part.strip())


def needs_utf8(*addresses: Address) -> bool:
    return not all(each.username.isascii() for each in addresses)
