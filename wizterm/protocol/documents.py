"""`POST /v1/documents`: a batch of frozen documents, one answer for each.

(id, revision) is unique on the server for ever. The same bytes again get the same receipt, so sending again is always
safe; other bytes under a known (id, revision) are refused.
"""

from __future__ import annotations

from hashlib import sha256 as _sha256
from typing import Annotated

import msgspec

PATH = "/v1/documents"
MOST_DOCUMENTS = 50
MOST_BYTES = 512 * 1024
"""Half of what the server takes in one request, so that no proxy's limit is near."""


class Envelope(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One document on its way, exactly as it was frozen."""

    id: str
    revision: int
    kind: str
    sha256: str
    """Of the body's UTF-8 bytes, hexadecimal."""
    body: str
    """A JSON text, carried as a string so that no hop re-writes it."""
    receipt: str = ""
    """Epoch of the receipt it has, where it is offered again after the server was restored; of the server it was sent
    to before, where no answer was heard."""


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    documents: tuple[Envelope, ...]


class Taken(msgspec.Struct, frozen=True, kw_only=True, tag="taken", tag_field="answer"):
    """The receipt: the document is in the server's store, committed."""

    id: str
    revision: int
    sha256: str
    server: str
    epoch: str
    sequence: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag="refused", tag_field="answer"):
    """The document will never be taken as it is; a person must look at it."""

    id: str
    revision: int
    code: str
    words: str
    field: str = ""
    sha256: str = ""
    """Of the bytes the server holds, where others came under this (id, revision)."""


class Later(msgspec.Struct, frozen=True, kw_only=True, tag="later", tag_field="answer"):
    """Not now, through no fault of the document."""

    id: str
    revision: int
    seconds: float
    words: str = ""


Answer = Taken | Refused | Later


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    answers: tuple[Answer, ...]
    """In the batch's order."""


def fingerprint(body: str) -> str:
    """The hash that follows a document everywhere."""
    return _sha256(body.encode()).hexdigest()
