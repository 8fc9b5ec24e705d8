"""`GET /v1/documents/changes?cursor=&contact=&unsent=`: what became of documents.

A device hears of its rep's own documents. Its cursor is stored with the states it brought, in device.db.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

PATH = "/v1/documents/changes"
MOST = 200
NOT_SAID = -1
"""In place of how many documents wait on the device, where it does not say."""


class DocumentChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    revision: Annotated[int, msgspec.Meta(ge=1, lt=2**31)]
    kind: str
    state: str
    """delivered, confirmed, refused, superseded or cancelled."""
    at: datetime
    number: str = ""
    external: str = ""
    """The ERP's own number."""
    words: str = ""
    """What a refusal said."""
    field: str = ""
    note: str = ""
    """What the rep should know of it though nothing has to be done here: that its number stands on another one too."""
    sha256: str = ""
    """Of the document the company has under this id and revision: a copy of a device's files may have another one."""
    mail: str = ""
    """What became of the customer's confirmation by mail; for the history, and no change of state."""


class DocumentChanges(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    changes: tuple[DocumentChange, ...]
    cursor: str
    more: bool
    contact: str = ""
    """Stored before anything else is done, and shown with the next call: it tells a device from a copy of its files."""
    installation: str = ""
    """The code that documents made from now on bear; another one than before where the files were copied."""
