"""Freezes what this version of the program writes, for later ones to open: `python -m tests.golden.make`.

One folder for each version: the files of a device and of the server it speaks to, and a body of each kind of document.
The folder of a version that was released is never made again.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import zstandard

from tests.golden.full_bodies import BODIES
from tests.support.rep_device import RepDevice
from tests.torture.books import query
from tests.torture.shop import ShiftedClock, Shop, opened
from wizterm.db.outbox import Outbox
from wizterm.db.replica_files import ReplicaFiles
from wizterm.domain.clock import SystemClock
from wizterm.domain.customer import NewCustomer
from wizterm.protocol.bodies import BODY_VERSION, encode

HERE = Path(__file__).parent
MADE_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""What the clocks of both ends say, when the files are made and whenever they are opened."""


def clock() -> ShiftedClock:
    return ShiftedClock(MADE_AT - SystemClock().now())


def main() -> None:
    target = HERE / str(BODY_VERSION)
    shutil.rmtree(target, ignore_errors=True)
    (target / "bodies").mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), clock()) as shop:
        device = shop.device("kim", clock=clock())
        live(shop, device)
        device_file, server_file = device.folder / "device.db", shop.folder / "server" / "server.db"
        freeze(device_file, target / "device.db.zst")
        freeze(server_file, target / "server.db.zst")
        freeze(ReplicaFiles(device.folder).current(), target / "catalogue.db.zst")
        told = {f"{row[0]}/{row[1]}": list(row[2:]) for row in query(device_file, _DOCUMENTS)}
        (target / "documents.json").write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for name, body in BODIES.items():
        (target / "bodies" / f"{name}.json").write_text(encode(body), encoding="utf-8")


_DOCUMENTS = "SELECT id, revision, kind, state, sha256 FROM document"


def live(shop: Shop, device: RepDevice) -> None:
    """Documents in every state that a device can be left in, and a cart that is not done."""
    _, cancelled = shop.order(device, 2)
    device.sync()
    shop.deliver()
    device.sync()
    with closing(device.machine()) as machine:
        machine.bench.taking_back.cancel(cancelled, "ordered twice")
    shop.order(device)
    device.sync()
    sent, held, withdrawn, _ = shop.order(device, 4)
    with closing(device.machine()) as machine:
        outbox = Outbox(machine.database, device.clock)
        machine.bench.outgoing.hold_or_release(held)
        outbox.withdraw(withdrawn)
        outbox.begin([each for each in outbox.waiting() if each.id == sent.id])
        customer = machine.bench.submission.new_customer(NewCustomer(company="Bergmann & Töchter", contact="Amy Ross"))
        shop.submit(machine, customer.id)
        machine.bench.submission.suggest_code("04012345678901", "MUG")
        machine.bench.entry.begin()
        machine.bench.entry.add("MUG", 7)
        machine.bench.entry.choose_customer(device.customer)


def freeze(file: Path, target: Path) -> None:
    """One packed file, without a log beside it."""
    whole = file.with_name("whole")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM INTO ?", (str(whole),))
    target.write_bytes(zstandard.ZstdCompressor(level=19).compress(whole.read_bytes()))
    whole.unlink()


def thaw(file: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(zstandard.decompress(file.read_bytes()))
    return target


if __name__ == "__main__":
    main()
