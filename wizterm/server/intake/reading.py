"""What came, read: a paper that can be judged, or the answer that says why not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

import msgspec

from wizterm.domain.money import MOST as MOST_AMOUNT
from wizterm.protocol import bodies
from wizterm.protocol.bodies import BODY_VERSION, Body, UnknownKindError
from wizterm.protocol.documents import Envelope, Later, Refused, fingerprint
from wizterm.server.intake.bounds import boundless, unprintable

NEWER_SECONDS = 3600.0
_PATH = re.compile(r" - at `\$\.?(.*)`$")
MOST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Paper:
    """A document whose bytes are understood."""

    envelope: Envelope
    body: Body

    @property
    def id(self) -> str:
        return self.envelope.id

    @property
    def revision(self) -> int:
        return self.envelope.revision

    @property
    def kind(self) -> str:
        return self.envelope.kind


def read(envelope: Envelope) -> Paper | Refused | Later:
    if fault := _fault(envelope):
        field, words = fault
        return refused(envelope, "unreadable", words, field)
    if fingerprint(envelope.body) != envelope.sha256:
        return refused(envelope, "damaged", "The document's bytes are not those that were hashed.", "sha256")
    try:
        body = bodies.decode(envelope.kind, envelope.body)
    except UnknownKindError as error:
        return later(envelope, NEWER_SECONDS, str(error))
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        return refused(envelope, "unreadable", f"The document cannot be read: {error}.", _path(error))
    if body.version > BODY_VERSION:
        return later(envelope, NEWER_SECONDS, "The document was written by a newer program than this server.")
    return _consistent(envelope, body)


def refused(envelope: Envelope, code: str, words: str, field: str = "", *, sha256: str = "") -> Refused:
    return Refused(id=envelope.id, revision=envelope.revision, code=code, words=words, field=field, sha256=sha256)


def later(envelope: Envelope, seconds: float, words: str) -> Later:
    return Later(id=envelope.id, revision=envelope.revision, seconds=seconds, words=words)


def _fault(envelope: Envelope) -> tuple[str, str] | None:
    try:
        plain = str(UUID(envelope.id)) == envelope.id
    except ValueError:
        plain = False
    if not plain:
        return "id", f"{envelope.id[:40]!r} is no document id: expected a UUID in lower case."
    if not 1 <= envelope.revision < 2**31:
        return "revision", f"Revision {envelope.revision} is none: expected 1 or more."
    return None


def _consistent(envelope: Envelope, body: Body) -> Paper | Refused:
    for field in ("id", "revision", "kind"):
        outside, inside = getattr(envelope, field), getattr(body, field)
        if outside != inside:
            words = f"The document says {field} {str(inside)[:40]!r}, its envelope {str(outside)[:40]!r}."
            return refused(envelope, "unreadable", words, field)
    if not (0 < len(body.number) <= MOST_NUMBER and body.number.isprintable()):
        return refused(envelope, "unreadable", "The document needs a number of 1 to 40 characters.", "number")
    if "\\u0000" in envelope.body and (field := unprintable(body)):
        return refused(envelope, "unreadable", "A text has a character that is none: write it anew.", field)
    if field := boundless(body):
        words = f"{field} is no amount that can be used: expected less than {MOST_AMOUNT:,}."
        return refused(envelope, "unreadable", words, field)
    return Paper(envelope, body)


def _path(error: Exception) -> str:
    found = _PATH.search(str(error))
    return found.group(1) if found else ""
