"""Leaving a machine: what was not sent is sealed into a file first, so that nobody leaves it behind unseen."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from peewee import SqliteDatabase

from wizterm.db.device import setting
from wizterm.db.sealing import Sealing
from wizterm.domain.clock import Clock
from wizterm.services.door import KEY, OFFICE_KEY, REGISTERED
from wizterm.sync.session import SERVER


class UnsentError(Exception):
    """Something would be left behind; the message says what to do."""


class ExportError(Exception):
    """The file cannot be written; the message says why."""


class Departure:
    def __init__(self, database: SqliteDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._sealing = Sealing(database)

    def check(self) -> None:
        """Whether a rep may sign out. Raises `UnsentError` where something is neither sent nor sealed."""
        if waiting := self._sealing.unsealed():
            documents = "1 document has" if waiting == 1 else f"{waiting} documents have"
            raise UnsentError(
                f"{documents} not been sent. Send first (Ctrl+R), or seal it for the office: wizterm queue export FILE"
            )

    def export(self, file: Path, *, open_to_all: bool = False) -> int:
        """Everything unsent in one new file, sealed to the office; gives how many documents.

        They stay in the queue and are sent where they can be: the server takes each once, whichever comes first.
        """
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - wanted here only
            Ed25519PrivateKey,
        )

        from wizterm.protocol import sealed  # noqa: PLC0415 - as above

        office_key = setting(self._database, OFFICE_KEY)
        if not office_key and not open_to_all:
            raise ExportError("The office's key is not on this machine: sign in once, or export with --open.")
        documents = self._sealing.everything()
        contents = sealed.Contents(
            server=setting(self._database, SERVER),
            device=setting(self._database, REGISTERED),
            rep=setting(self._database, "rep"),
            made_at=self._clock.now(),
            documents=tuple(documents),
        )
        key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(setting(self._database, KEY)))
        _keep(file, sealed.written(contents, key, "" if open_to_all else office_key))
        self._sealing.mark(documents)
        return len(documents)


def _keep(file: Path, data: bytes) -> None:
    """On the disk before it counts; a file that is there already is left alone."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as writing:
            writing.write(data)
            writing.flush()
            os.fsync(writing.fileno())
    except FileExistsError as error:
        raise ExportError(f"{file} is there already: name a file that is not.") from error
    except OSError as error:
        raise ExportError(f"{file} cannot be written: {error.strerror}. Nothing has changed in the queue.") from error
