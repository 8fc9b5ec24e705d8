"""`GET /v1/documents/changes`: what became of a rep's own documents, each in its latest state."""

from __future__ import annotations

import msgspec
from peewee import Tuple

from wizterm.domain.clock import Clock, milliseconds, moment
from wizterm.domain.ids import NewId
from wizterm.protocol.changes import MOST, NOT_SAID, DocumentChange, DocumentChanges
from wizterm.server.auth import Caller
from wizterm.server.contacts import meet
from wizterm.server.devices import saw
from wizterm.server.feeds import cursor as cursors
from wizterm.server.feeds.cursor import DocumentsCursor
from wizterm.server.store import ledger
from wizterm.server.store.paperwork import TakenDocument
from wizterm.server.store.store import Store

NUMBER_TAKEN = "number_taken"
"""The doubt of intake that the rep is told of too."""
_TWICE = "{} stands on another document too: these files were copied. The office knows of it; name the customer too."
_PLACE = (TakenDocument.seq, TakenDocument.id, TakenDocument.revision)


class DocumentsFeed:
    def __init__(self, store: Store, *, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id

    def changes(self, caller: Caller, cursor_text: str, contact: str = "", unsent: int = NOT_SAID) -> DocumentChanges:
        """What changed since the cursor; whoever shows a contact gets the next one."""
        page = self._changes(caller, cursor_text)
        if not caller.device:
            return page
        with self._store.writing():
            met = meet(caller, contact, self._new_id)
            saw(caller.device, milliseconds(self._clock.now()), unsent)
        return msgspec.structs.replace(page, contact=met.token, installation=met.installation)

    def _changes(self, caller: Caller, cursor_text: str) -> DocumentChanges:
        with self._store.reading():
            epoch = ledger.fact("epoch")
            cursor = DocumentsCursor(epoch, caller.rep)
            if cursor_text:
                cursor = cursors.decode(cursor_text, DocumentsCursor)
            if (cursor.epoch, cursor.rep) != (epoch, caller.rep):
                raise cursors.gone()
            found = list(
                TakenDocument.select(*_SHOWN)
                .where((TakenDocument.rep == caller.rep) & (Tuple(*_PLACE) > (cursor.seq, cursor.id, cursor.revision)))
                .order_by(*_PLACE)
                .limit(MOST + 1)
            )
        page = found[:MOST]
        if page:
            cursor = DocumentsCursor(epoch, caller.rep, page[-1].seq, page[-1].id, page[-1].revision)
        return DocumentChanges(
            changes=tuple(_change(document) for document in page),
            cursor=cursors.encode(cursor),
            more=len(found) > MOST,
        )


_SHOWN = (
    *_PLACE,
    TakenDocument.kind,
    TakenDocument.state,
    TakenDocument.changed_at,
    TakenDocument.number,
    TakenDocument.external,
    TakenDocument.words,
    TakenDocument.field,
    TakenDocument.flags,
    TakenDocument.mailed,
    TakenDocument.sha256,
)


def _change(document: TakenDocument) -> DocumentChange:
    return DocumentChange(
        id=document.id,
        revision=document.revision,
        kind=document.kind,
        state=document.state,
        at=moment(document.changed_at),
        number=document.number,
        external=document.external,
        words=document.words,
        field=document.field,
        note=_TWICE.format(document.number) if f'"{NUMBER_TAKEN}"' in document.flags else "",
        mail=document.mailed,
        sha256=document.sha256,
    )
