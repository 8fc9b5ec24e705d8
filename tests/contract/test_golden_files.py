"""What earlier versions wrote is opened by this one: files of a device and of a server, and bodies of every kind.

A version that is not released yet, and whose layout has changed, is frozen again: `python -m tests.golden.make`.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
import zstandard

from tests.golden.make import HERE, clock, thaw
from tests.support.rep_device import InProcess, RepDevice
from tests.support.store_office import QUICK, StoreOffice
from tests.torture.books import Promises, documents
from tests.torture.erp import Erp
from tests.torture.shop import Shop
from wizterm.db.replica_files import ReplicaFiles
from wizterm.domain.document import key
from wizterm.protocol import bodies, replica
from wizterm.protocol.documents import Envelope, fingerprint
from wizterm.server.company import open_company
from wizterm.server.intake.reading import Paper, read

VERSIONS = sorted(path for path in HERE.iterdir() if path.name.isdigit())
BODIES = [path for version in VERSIONS for path in sorted((version / "bodies").glob("*.json"))]


def named(path: Path) -> str:
    return str(path.relative_to(HERE))


@pytest.fixture(params=VERSIONS, ids=named)
def version(request):
    return request.param


@pytest.fixture
def told(version):
    """Each document's kind, state and hash when the files were frozen."""
    return json.loads((version / "documents.json").read_text(encoding="utf-8"))


@pytest.fixture
def folder(version, tmp_path):
    """A device's folder, as it was left."""
    thaw(version / "device.db.zst", tmp_path / "kim" / "device.db")
    files = ReplicaFiles(tmp_path / "kim")
    files.switch(files.accept(thaw(version / "catalogue.db.zst", files.unpacked())))
    return tmp_path / "kim"


@pytest.fixture
def shop(version, folder):
    """The server that the device speaks to, open."""
    place = folder.parent
    thaw(version / "server.db.zst", place / "server" / "server.db")
    promises = Promises()
    for (document, revision), held in documents(folder / "device.db").items():
        promises.saved(document, revision, held.body)
        if held.state == "cancelled":
            promises.withdrawn.add((document, revision))
    erp = Erp()
    left = documents(folder / "device.db").items()
    erp.booked = [key(document) for (document, _), held in left if held.state == "confirmed"]
    company = open_company(place / "server", name="Testers & Co", connector=erp, passwords=QUICK, clock=an_hour_later())
    with closing(company):
        yield Shop(place, company, erp, StoreOffice(company.store), promises)


def an_hour_later():
    """Longer than anything rests that was left to rest."""
    later = clock()
    later.wait(3600)
    return later


def test_a_device_opens_and_shows_every_document_as_it_was_left(folder, told):
    device = RepDevice(folder, lambda: None, clock=clock())
    with closing(device.machine()) as machine:
        shown = machine.bench.documents.page()
        assert {str(each.document): [str(each.kind), str(each.state)] for each in shown} == {
            name: facts[:2] for name, facts in told.items()
        }
        for each in shown:
            kind, body = machine.bench.documents.body(each.document)
            assert fingerprint(body) == told[str(each.document)][2]
            assert bodies.decode(kind, body).id == each.document.id
        cart = machine.bench.entry.current().cart
        assert [(line.sku, line.count) for line in cart.lines] == [("MUG", 7)]
        assert [offer.product.sku for offer in machine.bench.search.page("mug", None).offers] == ["MUG"]


def test_everything_unsent_reaches_the_server_of_the_same_version_once(folder, shop):
    device = RepDevice(folder, lambda: InProcess(lambda: shop.company), clock=clock())
    shop.devices.append(device)
    assert not shop.harm()
    held = device.query("SELECT id FROM outbox WHERE held = 1")
    device.query("UPDATE outbox SET held = 0")
    assert len(held) == 1
    assert device.sync().complete
    device.sync()
    shop.deliver()
    device.sync()
    assert not shop.harm(quiet=True)


@pytest.mark.parametrize("path", BODIES, ids=named)
def test_a_body_is_read_as_it_was_meant(path):
    text = path.read_text(encoding="utf-8")
    body = bodies.decode(path.stem, text)
    assert bodies.encode(body) == text
    assert isinstance(read(enveloped(path.stem, text)), Paper)


@pytest.mark.parametrize("path", BODIES, ids=named)
def test_what_a_later_program_adds_to_a_body_is_passed_over(path):
    said = msgspec.json.decode(path.read_bytes())
    text = msgspec.json.encode(said | {"mood": {"weather": ["fair"]}}).decode()
    assert isinstance(read(enveloped(path.stem, text)), Paper)
    assert bodies.decode(path.stem, text) == bodies.decode(path.stem, path.read_text(encoding="utf-8"))


def test_the_server_still_lays_out_a_catalogue_as_it_was(version, tmp_path):
    frozen = tmp_path / "frozen.db"
    frozen.write_bytes(zstandard.decompress((version / "catalogue.db.zst").read_bytes()))
    schema = rows(frozen, "PRAGMA user_version")[0][0]
    if schema not in replica.SERVED:
        pytest.skip("the server makes catalogues of later schemas only")
    with closing(sqlite3.connect(tmp_path / "today.db")) as today:
        replica.create(today, schema)
    wanted = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE '%_text_%' ORDER BY name"
    assert rows(tmp_path / "today.db", wanted) == rows(frozen, wanted)


def rows(file, wanted):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(wanted).fetchall()


def enveloped(kind, text):
    body = msgspec.json.decode(text)
    return Envelope(id=body["id"], revision=body["revision"], kind=kind, sha256=fingerprint(text), body=text)
