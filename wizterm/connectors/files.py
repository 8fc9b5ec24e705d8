"""The simplest ERP: a folder with one JSON file for each document. The reference for every other connector.

A file appears whole or not at all, under a name made of the document's number and key, so that it is found again by
its name alone.
"""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec

from wizterm.connectors.base import Done, Finding, Later, Missing, Outcome, Outgoing, Settings, Unknown
from wizterm.connectors.examining import Examination
from wizterm.protocol.decoding import decoded

KINDS = frozenset({"order", "quote", "customer", "cancellation"})
TROUBLE_SECONDS = 60.0
_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")


class _Written(msgspec.Struct, frozen=True):
    """What a file says."""

    external: str
    key: str
    kind: str
    number: str
    revision: int
    customer: str
    cancels: str
    document: msgspec.Raw


class FilesConnector:
    kinds = KINDS

    def __init__(self, settings: Settings) -> None:
        self._folder = Path(settings.values.get("files_folder") or settings.folder)

    def find(self, document: Outgoing) -> Finding:
        try:
            written = decoded(self._path(document).read_bytes(), _Written)
        except FileNotFoundError:
            return Missing()
        except (OSError, msgspec.MsgspecError) as error:
            return Later(TROUBLE_SECONDS, f"{self._path(document)} cannot be read: {error}.")
        if written.key != document.key:
            return Missing()
        return self._kept(written.external)

    def _kept(self, external: str) -> Done | Later:
        """Found is not kept: whoever wrote the file may have died before its name was on the disk."""
        try:
            _sync(self._folder)
        except OSError as error:
            return Later(TROUBLE_SECONDS, f"{self._folder} may not have kept the file: {error.strerror}.")
        return Done(external)

    def send(self, document: Outgoing) -> Outcome:
        try:
            _make(self._folder)
            unnamed = self._write(document)
        except OSError as error:
            return Later(TROUBLE_SECONDS, f"{self._folder} cannot be written: {error.strerror}.")
        try:
            unnamed.replace(self._path(document))
            _sync(self._folder)
        except OSError as error:
            return Unknown(f"{self._folder} may not have kept the file: {error.strerror}.")
        return Done(_external(document))

    def examine(self) -> Examination:
        place = next(each for each in (self._folder, *self._folder.parents) if each.exists())
        can = tuple(f"take {kind} documents as files in {self._folder}" for kind in sorted(KINDS))
        if os.access(place, os.W_OK):
            return Examination(reachable=True, can=can)
        return Examination(reachable=False, missing=(f"{place} cannot be written: give this user the right to.",))

    def _write(self, document: Outgoing) -> Path:
        """The whole file on the disk, under a name nobody looks for."""
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".begun-", delete=False) as file:
            try:
                file.write(msgspec.json.format(msgspec.json.encode(_written(document)), indent=2))
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                _remove(Path(file.name))
                raise
        return Path(file.name)

    def _path(self, document: Outgoing) -> Path:
        return self._folder / f"{document.kind}-{_plain(document.number)}-{document.key}.json"


def _written(document: Outgoing) -> _Written:
    return _Written(
        external=_external(document),
        key=document.key,
        kind=document.kind,
        number=document.number,
        revision=document.revision,
        customer=document.customer_external,
        cancels=document.cancels_external,
        document=msgspec.Raw(document.text.encode()),
    )


def _external(document: Outgoing) -> str:
    """The number this ERP gives, derived from ours so that the same document always gets the same."""
    return f"F-{_plain(document.number)}"


def _plain(number: str) -> str:
    """A number as part of a file's name, whatever it is made of."""
    return _UNSAFE.sub("_", number)[:40]


def _make(folder: Path) -> None:
    """The folder and those above it, on the disk: a file is kept no better than the folders on its way."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for made in missing:
        _sync(made.parent)


def _remove(path: Path) -> None:
    with suppress(OSError):  # some systems keep an open file
        path.unlink()


def _sync(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there; NTFS journals the rename
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
