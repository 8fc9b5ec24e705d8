"""The headers of a mail as bytes, so that no text in them is more than text.

They are written here and not by the library: when that folds a header, some versions of it decode what looks like an
encoded word, and a line end within comes out as one.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage

COLUMNS = 76
BYTES_IN_WORD = 39
"""An encoded word of 64 signs: with the name of its header within the 76 columns of a line that has one."""
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/^_`{|}~-]+)*")
"""Words that mean nothing but themselves to any reader of addresses."""
_PRINTED = re.compile(r"[!-~]+( [!-~]+)*")
_HEADER = re.compile(rb"([A-Za-z-]+):(?: [^\r\n]*)(?:\r\n [^\r\n]+)*\r\n")

Written = tuple[str, list[str]]
"""A header's name, and the parts between which its line may be broken."""


class UnwritableError(ValueError):
    """The mail would not be what was meant; the message says how."""


def people(name: str, those: Iterable[Address]) -> Written:
    """Names that any reader could take for more than a name go as encoded words."""
    parts: list[str] = []
    for each in those:
        if parts:
            parts[-1] += ","
        shown = each.display_name
        parts += shown.split(" ") if _NAME.fullmatch(shown) else _encoded(shown)
        parts.append(f"<{each.addr_spec}>" if shown else each.addr_spec)
    return name, parts


def words(name: str, text: str) -> Written:
    return name, text.split(" ") if _PRINTED.fullmatch(text) and "=?" not in text else _encoded(text)


def one(name: str, value: str) -> Written:
    """It is on the line of its name, however long: not every mailbox reads a broken Message-ID."""
    return name, [value]


def wired(headers: Iterable[Written], message: EmailMessage) -> bytes:
    """As it goes over the wire: these headers, then the content with those that tell its form, and nothing else.

    Raises `UnwritableError`.
    """
    headers = tuple(headers)
    try:
        content = b"".join(map(_line, headers)) + message.as_bytes()
    except MessageError as error:
        raise UnwritableError(f"a header would hold more than its text ({error}).") from error
    meant = [*(name for name, _ in headers), *message.keys()]
    found = list(_names(content))
    if found != meant:
        raise UnwritableError(f"its headers were to be {', '.join(meant)}, and came out as {', '.join(found)}.")
    return content


def _encoded(text: str) -> list[str]:
    """Each encoded word has whole signs."""
    pieces = [b""]
    for sign in text:
        wire = sign.encode("utf-8", "replace")
        if len(pieces[-1]) + len(wire) > BYTES_IN_WORD:
            pieces.append(b"")
        pieces[-1] += wire
    return [f"=?utf-8?b?{b64encode(piece).decode('ascii')}?=" for piece in pieces if piece]


def _line(header: Written) -> bytes:
    name, (first, *others) = header[0], header[1] or [""]
    rows = [f"{name}: {first}"]
    for part in others:
        if len(rows[-1]) + len(part) < COLUMNS:
            rows[-1] += f" {part}"
        else:
            rows.append(f" {part}")
    return "\r\n".join([*rows, ""]).encode()


def _names(content: bytes) -> Iterator[str]:
    """Of the headers as any reader finds them; at what is none they end, with a question mark."""
    place = 0
    while not content.startswith(b"\r\n", place):
        found = _HEADER.match(content, place)
        if found is None:
            yield "?"
            return
        yield found[1].decode("ascii")
        place = found.end()
