"""What the story was about to submit, written down and synced before each submit: its own account, to compare with."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from wizterm.db.documents import Documents
from wizterm.domain.records import Frozen
from wizterm.protocol.decoding import decoded


class Entry(msgspec.Struct, frozen=True):
    id: str
    revision: int
    kind: str
    number: str
    body: str
    """The exact bytes."""


class JournalledDocuments(Documents):
    """Documents that write down what is to be submitted before they submit it."""

    journal: Path
    halfway: Callable[[Entry], None]
    """Called when an entry is written and the submit is not committed yet."""

    def submit(self, freeze: Callable[[int], Frozen], *, closing_cart: str = "") -> Frozen:
        def written(counter: int) -> Frozen:
            frozen = freeze(counter)
            entry = Entry(frozen.document.id, frozen.document.revision, str(frozen.kind), frozen.number, frozen.body)
            self._note(entry)
            self.halfway(entry)
            return frozen

        return super().submit(written, closing_cart=closing_cart)

    def _note(self, entry: Entry) -> None:
        with self.journal.open("ab") as file:
            file.write(msgspec.json.encode(entry) + b"\n")
            file.flush()
            os.fsync(file.fileno())


def read(journal: Path) -> dict[str, Entry]:
    """The entries by id. One that was written twice was not committed the first time: the second counts."""
    lines = journal.read_bytes().splitlines()
    entries = (decoded(line, Entry) for line in lines)
    return {entry.id: entry for entry in entries}
