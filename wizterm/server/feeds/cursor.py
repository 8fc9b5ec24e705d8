"""Cursors: where a device stands in a feed, opaque to it."""

from __future__ import annotations

import base64
import binascii
from typing import TypeVar

import msgspec

from wizterm.protocol.problem import Code, ProblemError, problem


class DocumentsCursor(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    epoch: str
    rep: str
    seq: int = 0
    id: str = ""
    revision: int = 0


class CatalogueCursor(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    epoch: str
    rep: str
    scope: str
    """Fingerprint of the price lists."""
    since: int
    """Everything of the catalogue part up to this number is on the device."""
    rep_since: int
    """The same for the rep's part."""
    target: int = -1
    """Up to where the walk under way goes; below zero between walks."""
    step: int = 0
    after: tuple[str | int, ...] = ()
    remaining: int = 0
    rows: int = 0
    """Sent in this walk so far."""
    schema: int = 1
    """Of the device's replica: it is told what that knows, and no more."""


Cursor = TypeVar("Cursor", DocumentsCursor, CatalogueCursor)


def encode(cursor: DocumentsCursor | CatalogueCursor) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def decode(text: str, kind: type[Cursor]) -> Cursor:
    """Raises the problem `cursor_gone` for whatever this server did not write."""
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=kind)
    except (binascii.Error, ValueError) as error:
        raise gone() from error


def gone() -> ProblemError:
    return problem(410, Code.CURSOR_GONE, "Start again", "The feed cannot go on from this cursor: start again.")
