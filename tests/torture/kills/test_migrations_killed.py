"""A program that is killed at any statement of a migration; the next one opens the file and has lost nothing."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from tests.support.outbox_device import Device
from tests.support.scripted_erp import ScriptedErp
from tests.support.store_office import QUICK, StoreOffice
from tests.torture.books import Promises, compare, query
from tests.torture.kills.roles import opened_with
from tests.torture.layer import Harm
from wizterm.db import device as device_file
from wizterm.server.company import open_company
from wizterm.server.store import migrating

TOMORROW = """
def up(migrator, db):
    db.execute_sql("ALTER TABLE {table} ADD COLUMN tomorrow TEXT NOT NULL DEFAULT 'yes'")
    db.execute_sql("CREATE TABLE moved AS SELECT * FROM {table}")
    db.execute_sql("CREATE TABLE later (id TEXT NOT NULL PRIMARY KEY)")
    db.execute_sql("INSERT INTO later SELECT {key} FROM moved")
    db.execute_sql("DROP TABLE moved")
"""
KEYS = {"document": "id", "reps": "code"}
ROW = "migrations killed at each statement"


@pytest.fixture(autouse=True)
def shipped(monkeypatch):
    """What `opened_with` changes is put back."""
    monkeypatch.setattr(device_file, "NEWEST", device_file.NEWEST)
    monkeypatch.setattr(device_file, "files", device_file.files)
    monkeypatch.setattr(migrating, "files", migrating.files)


def migrations(package, to, table):
    """The shipped ones, and where a table is named, one more that changes it."""
    with as_file(files(package) / "migrations") as shipped:
        shutil.copytree(shipped, to, ignore=shutil.ignore_patterns("__pycache__"))
    if table:
        (to / "0002_tomorrow.py").write_text(TOMORROW.format(table=table, key=KEYS[table]))
    return to


def used_device(folder):
    """With five orders that wait."""
    device = Device(folder)
    promises = Promises()
    for number in range(1, 6):
        document = device.submit(number, size=3000)
        promises.saved(document.id, document.revision, device.documents.body(document)[1])
    device.close()
    return promises


def used_server(folder):
    with closing(open_company(folder, name="Testers & Co", connector=ScriptedErp(), passwords=QUICK)) as company:
        StoreOffice(company.store).rep("KIM")
    return Promises()


@dataclass
class Place:
    """A store that is opened by migrations of a folder."""

    store: str
    folder: Path
    chain: Path
    table: str
    promises: Promises

    def harm(self):
        devices = [self.folder] if self.store == "device" else []
        server = self.folder if self.store == "server" else None
        return compare(self.promises, devices, server) + moved(self.folder / f"{self.store}.db", self.table)

    def killed_everywhere(self, row, forks):
        """The folder as it is, opened once for each statement, killed there, and opened again."""
        pristine = self.folder.with_name("pristine")
        shutil.copytree(self.folder, pristine)
        forks.begin("migrate", self.store, self.folder, self.chain, 0)
        ((_, statements),) = forks.last_words()
        for last in range(1, int(statements) + 1):
            shutil.rmtree(self.folder)
            shutil.copytree(pristine, self.folder)
            forks.begin("migrate", self.store, self.folder, self.chain, last)
            forks.last_words()
            opened_with(self.store, self.folder, self.chain).close()
            row.count(self.harm(), f"killed before statement {last}")


@pytest.fixture(params=["a new file", "a file of the version before"])
def table(request):
    """The one that the newest migration changes, in a file that has rows in it."""
    return {"a new file": {}, "a file of the version before": {"device": "document", "server": "reps"}}[request.param]


def test_the_device_outlives_it(tmp_path, forks, layer, table):
    changed = table.get("device", "")
    chain = migrations("wizterm.db", tmp_path / "chain" / "migrations", changed)
    folder = tmp_path / "device"
    folder.mkdir()
    promises = used_device(folder) if changed else Promises()
    Place("device", folder, chain, changed, promises).killed_everywhere(layer(ROW), forks)


def test_the_server_outlives_it(tmp_path, forks, layer, table):
    changed = table.get("server", "")
    chain = migrations("wizterm.server.store", tmp_path / "chain" / "migrations", changed)
    folder = tmp_path / "server"
    folder.mkdir()
    promises = used_server(folder) if changed else Promises()
    Place("server", folder, chain, changed, promises).killed_everywhere(layer(ROW), forks)


def moved(file, table):
    """Whether the migration is there, whole."""
    if not table:
        return Harm()
    told = query(file, f"SELECT (SELECT count(*) FROM {table} WHERE tomorrow = 'yes'), (SELECT count(*) FROM later)")
    there = query(file, f"SELECT count(*) FROM {table}")[0][0]
    return Harm() if told == [(there, there)] and there else Harm(half=(f"{told} of {there} rows were moved",))
