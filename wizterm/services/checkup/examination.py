"""Everything looked at, in the order a person would."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from peewee import SqliteDatabase

from wizterm.db.device import FILE, DeviceFileError, open_device
from wizterm.domain.clock import Clock
from wizterm.domain.ids import NewId
from wizterm.services.checkup import on_disk, with_company
from wizterm.services.checkup.finding import Finding, bad
from wizterm.services.errands import Client
from wizterm.services.identity import Identities
from wizterm.services.preferences import Preferences
from wizterm.services.stored_settings import StoredSettings
from wizterm.sync.probe import Probe
from wizterm.sync.session import SessionKeeper


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


class Examination:
    """Of one folder. It changes nothing, and may be made beside an open terminal."""

    def __init__(
        self,
        folder: Path,
        *,
        connect: Callable[[str], Client],
        clock: Clock,
        new_id: NewId,
        free: on_disk.Free = free_bytes,
    ) -> None:
        self._folder = folder
        self._connect = connect
        self._clock = clock
        self._new_id = new_id
        self._free = free

    def findings(self) -> tuple[Finding, ...]:
        return tuple(self._findings())

    def _findings(self) -> Iterator[Finding]:
        files = on_disk.files(self._folder)
        yield files
        if not (self._folder / FILE).exists():
            return
        yield on_disk.room(self._folder, self._free)
        yield on_disk.locks(self._folder)
        yield on_disk.log(self._folder)
        yield on_disk.catalogue(self._folder)
        try:
            database = open_device(self._folder)
        except DeviceFileError as error:
            yield bad("integrity", str(error), "Do what it says; nothing was changed.")
            return
        with closing(database):
            yield from self._inside(database)

    def _inside(self, database: SqliteDatabase) -> Iterator[Finding]:
        try:
            yield from on_disk.inside(database)
            yield from self._with_company(database)
        except DeviceFileError as error:
            yield bad("integrity", str(error), "Do what it says; nothing was changed.")

    def _with_company(self, database: SqliteDatabase) -> Iterator[Finding]:
        now = self._clock.now()
        yield from with_company.queue(database, now)
        yield with_company.freshness(database, now)
        identity = Identities(database).known()
        if identity is None:
            yield bad("sign-in", "Nobody has signed in here yet.", "Open the terminal and sign in.")
            return
        with closing(self._connect(identity.address)) as client:
            keeper = SessionKeeper(
                speaker=client, settings=StoredSettings(database), clock=self._clock, new_nonce=self._new_id
            )
            yield with_company.sign_in(keeper)
            if (chosen := with_company.offline(Preferences(database))) is not None:
                yield chosen
                return
            probe = Probe(ping=client.ping, server=lambda: keeper.server, clock=self._clock, new_nonce=self._new_id)
            yield from with_company.connection(probe.look())
