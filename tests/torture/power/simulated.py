"""The shipped stores of device and server, opened on a simulated disk: their own code, and their own pragmas."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import apsw
from playhouse.apsw_ext import APSWDatabase

from tests.torture.power.disk import Journal, SimulatedDisk
from wizterm.db.device import DeviceDatabase
from wizterm.server.store.sqlite import _File as StoreFile

DISK = "simulated"


class _Cursor(apsw.Cursor):
    """With what Python's own sqlite3 has on its cursors."""

    @property
    def rowcount(self) -> int:
        return self.connection.changes()

    @property
    def lastrowid(self) -> int:
        return self.connection.last_insert_rowid()


class _OnDisk(APSWDatabase):
    seeded = ""
    """A pragma that is not the shipped one, to see what becomes of the promise then."""

    def _connect(self) -> apsw.Connection:
        self.connect_params = {"vfs": DISK}
        connection = super()._connect()
        connection.cursor_factory = _Cursor
        connection.convert_binding = lambda _cursor, _place, value: str(value)  # as Python's own sqlite3 does
        if self.seeded:
            connection.execute(self.seeded)
        return connection


class _Device(DeviceDatabase, _OnDisk):
    pass


class _Store(StoreFile, _OnDisk):
    pass


@contextmanager
def simulated_disk(root: Path, journal: Journal, *, seeded: str = "") -> Iterator[None]:
    """All stores below `root` that are opened in this block are on it; what happens to them goes into the journal."""
    disk = SimulatedDisk(DISK, root, journal)
    with (
        patch("wizterm.db.device.DeviceDatabase", _Device),
        patch("wizterm.server.store.sqlite._File", _Store),
        patch.object(_OnDisk, "seeded", seeded),
    ):
        yield
    disk.unregister()
