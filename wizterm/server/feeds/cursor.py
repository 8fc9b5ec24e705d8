"""Cursors: where a device stands in a feed, opaque to it."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, TypeVar

import msgspec

from wizterm.protocol.decoding import decoded
from wizterm.protocol.problem import Code, ProblemError, problem

Number = Annotated[int, msgspec.Meta(ge=-1, le=2**63 - 1)]
"""What a store's numbers can be; a cursor made by hand may say anything."""
_NUL = b"\\u0000"
"""In no text that this server wrote, and some databases cannot even look for it."""


class DocumentsCursor(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    epoch: str
    rep: str
    seq: Number = 0
    id: str = ""
    revision: Number = 0


class CatalogueCursor(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    epoch: str
    rep: str
    scope: str
    """Fingerprint of the price lists."""
    since: Number
    """Everything of the catalogue part up to this number is on the device."""
    rep_since: Number
    """The same for the rep's part."""
    target: Number = -1
    """Up to where the walk under way goes; below zero between walks."""
    step: Number = 0
    after: tuple[str | Number, ...] = ()
    remaining: Number = 0
    rows: Number = 0
    """Sent in this walk so far."""
    schema: Number = 1
    """Of the device's replica: it is told what that knows, and no more."""


Cursor = TypeVar("Cursor", DocumentsCursor, CatalogueCursor)


def encode(cursor: DocumentsCursor | CatalogueCursor) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def decode(text: str, kind: type[Cursor]) -> Cursor:
    """Raises the problem `cursor_gone` for whatever this server did not write."""
    try:
        written = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        if _NUL in written:
            raise gone()
        return decoded(written, kind)
    except (binascii.Error, ValueError) as error:
        raise gone() from error


def gone() -> ProblemError:
    return problem(410, Code.CURSOR_GONE, "Start again", "The feed cannot go on from this cursor: start again.")
