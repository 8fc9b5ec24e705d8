"""What the company says of documents it has: their states here follow, and never run ahead."""

from __future__ import annotations

from typing import Final

import msgspec
from peewee import SqliteDatabase

from wizterm.db.device import set_setting, setting
from wizterm.db.document_states import DocumentStates
from wizterm.db.models import Outbox as Row
from wizterm.domain.clock import Clock, milliseconds
from wizterm.domain.document import UNSENT, DocumentId
from wizterm.domain.ids import NewId, uuid7
from wizterm.protocol.changes import DocumentChange, DocumentChanges

CURSOR: Final = "documents_cursor"
CONTACT: Final = "contact"
INSTALLATION: Final = "installation"
COPIED: Final = "copied"
"""The installation code before the files were found to be copied; empty where they were not."""
DEVICE: Final = "device"
ANOTHER: Final = "The company speaks of another document under this one's id: these files were copied."


class DocumentFeed:
    def __init__(self, database: SqliteDatabase, clock: Clock, new_id: NewId = uuid7) -> None:
        self._database = database
        self._clock = clock
        self._new_id = new_id
        self._states = DocumentStates(database)

    def cursor(self) -> str:
        """Where to go on from; empty at first."""
        return setting(self._database, CURSOR)

    def apply(self, changes: DocumentChanges) -> None:
        """The states of one page, and the cursor that says they were heard, in one transaction."""
        with self._database.atomic():
            if changes.contact:
                set_setting(self._database, CONTACT, changes.contact)
            self._bear(changes.installation)
            for change in changes.changes:
                self._apply(change)
            set_setting(self._database, CURSOR, changes.cursor)

    def contact(self) -> str:
        """What the last answer brought, to be shown with the next call; empty before the first."""
        return setting(self._database, CONTACT)

    def _bear(self, installation: str) -> None:
        """Another code than before: these files were copied, and are a device of their own from now on."""
        before = setting(self._database, INSTALLATION)
        if installation in {"", before} or not before:
            return
        set_setting(self._database, INSTALLATION, installation)
        set_setting(self._database, COPIED, before)
        set_setting(self._database, DEVICE, self._new_id())

    def _apply(self, change: DocumentChange) -> None:
        document, now = DocumentId(change.id, change.revision), milliseconds(self._clock.now())
        standing = self._states.standing([document]).get(document)
        if standing is None:
            return
        if change.sha256 not in {"", standing.sha256}:
            self._states.remember_once(document, standing.state, now, ANOTHER)
        elif standing.state in UNSENT:
            self._keep(change)
        else:
            self._states.follow(change, now)

    def _keep(self, change: DocumentChange) -> None:
        """It is told once: where the receipt is still on its way, or was lost, the word waits for it in the outbox."""
        Row.update(said=msgspec.json.encode(change).decode()).where(
            (Row.id == change.id) & (Row.revision == change.revision)
        ).execute(self._database)
