"""A process is killed while it brings the catalogue down; then it is opened again, and the rest is brought."""

import pickle
import random
import sqlite3
from contextlib import closing

import pytest

from tests.support.replica_making import ScriptedFeed, digests, found, generation, make, page, price, product, rows_of
from tests.torture.kills.roles import make_refresh
from tests.torture.size import times
from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_reader import ReplicaReader
from wizterm.db.replica_writer import ReplicaWriter

KILLS = times(25)
PRODUCTS = 400
PAGES = 12


@pytest.fixture
def feed(tmp_path):
    """Each page renames the same forty products and moves their prices, so that half a page would show."""
    pages = {
        f"c{at}": page(
            f"c{at + 1}",
            {
                "products": [product(number, name=f"Mug edition{at + 1}") for number in range(1, 41)],
                "prices": [price(number, amount=f"{at + 1}.00") for number in range(1, 41)],
            },
            more=at + 1 < PAGES,
        )
        for at in range(PAGES)
    }
    pages[f"c{PAGES}"] = page(f"c{PAGES}")
    return ScriptedFeed(make(tmp_path / "source.db", products=PRODUCTS), pages)


@pytest.fixture
def never_killed(feed, tmp_path):
    """What a device holds that was never killed, and how often it told its progress."""
    told = []
    make_refresh(tmp_path / "never killed", feed, told.append).run()
    return len(told), digests(ReplicaFiles(tmp_path / "never killed").current())


def mixed(path):
    """Whether the rows are of another page than the cursor says, or a text index of others than the rows."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        cursor = connection.execute("SELECT value FROM replica WHERE name = 'cursor'").fetchone()[0]
        names = set(connection.execute("SELECT name FROM products WHERE sku < 'P00041'"))
        prices = set(connection.execute("SELECT price FROM prices WHERE sku < 'P00041'"))
    edition = int(cursor.removeprefix("c"))
    if edition == 0:
        return len(found(path, "edition1")) != 0
    whole = names == {(f"Mug edition{edition}",)} and prices == {(f"{edition}.00",)}
    return not whole or len(found(path, f"edition{edition}")) != 40


def test_killed_while_applying_changes(tmp_path, forks, feed, never_killed, layer):
    _, wanted = never_killed
    row = layer("kill -9: applying catalogue changes")
    script = tmp_path / "feed"
    script.write_bytes(pickle.dumps(feed))
    moments = random.Random(5)
    caught = 0
    for kill in range(KILLS):
        folder = tmp_path / f"device {kill}"
        path = generation(ReplicaFiles(folder), products=PRODUCTS)
        child = forks.begin("pull", folder, script)
        forks.kill_after(child, moments.randrange(PAGES), moments.uniform(0, 0.004))
        row.tried += 1
        with closing(ReplicaWriter(path)) as writer:
            caught += writer.cursor() not in {"c0", f"c{PAGES}"}
        row.half += mixed(path)
        if rows_of(path, "SELECT value FROM replica WHERE name = 'cursor'") != [(f"c{PAGES}",)]:
            make_refresh(folder, feed).run()
        row.half += mixed(path)
        row.lost += digests(path) != wanted
    assert caught > KILLS / 4


def test_killed_during_the_first_sync(tmp_path, forks, feed, never_killed, layer):
    tellings, wanted = never_killed
    row = layer("kill -9: first sync")
    script = tmp_path / "feed"
    script.write_bytes(pickle.dumps(feed))
    moments = random.Random(6)
    unfinished = 0
    for kill in range(KILLS):
        folder = tmp_path / f"device {kill}"
        files = ReplicaFiles(folder)
        child = forks.begin("pull", folder, script)
        forks.kill_after(child, moments.randrange(tellings), moments.uniform(0, 0.004))
        row.tried += 1
        if files.current() is None:
            unfinished += 1
            make_refresh(folder, feed).run()
        reader = ReplicaReader(files.current)
        row.lost += reader.rows("SELECT count(*) FROM products") != [(PRODUCTS,)]
        reader.close()
        row.lost += digests(files.current()) != wanted
        row.half += mixed(files.current())
        assert len(list(files.folder.glob("*.db"))) == 1
    assert unfinished > KILLS / 4
