"""A catalogue on the disk, and a program of another schema."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from tests.support.replica_making import ScriptedFeed, found, generation, make, page, rows_of
from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_upgrade import bring_up
from wizterm.protocol import replica
from wizterm.protocol.replica import BY_NAME, TABLES, known, table
from wizterm.sync.refresh import Refresh

NOW, NEXT, LATER = range(replica.SCHEMA, replica.SCHEMA + 3)
SHELVES = table("shelves", f"id sku height:integer lamp@{LATER}", since=NEXT)
TODAYS = BY_NAME["products"]
PRODUCTS = replace(
    TODAYS,
    columns=(*TODAYS.columns, "weight", "pallets"),
    types=(*TODAYS.types, "TEXT", "INTEGER"),
    columns_since=(*TODAYS.columns_since, NEXT, LATER),
)
TOMORROW = (*(PRODUCTS if each is TODAYS else each for each in TABLES), SHELVES)


@pytest.fixture
def files(tmp_path):
    return ReplicaFiles(tmp_path / "device")


def columns(path, name):
    return {row[1:4] for row in rows_of(path, f"PRAGMA table_info({name})")}


def test_a_schema_knows_what_came_with_it_and_before():
    assert known(NOW, TOMORROW) == known(NOW)
    assert [each.name for each in known(NEXT, TOMORROW)] == [*BY_NAME, "shelves"]
    assert known(NEXT, TOMORROW)[-1].columns == ("id", "sku", "height")
    assert known(LATER, TOMORROW)[-1].columns == ("id", "sku", "height", "lamp")


def test_a_row_is_cut_to_what_a_schema_knows():
    now = len(TODAYS.columns)
    assert [PRODUCTS.width(schema) for schema in (NOW, NEXT, LATER)] == [now, now + 1, now + 2]


@pytest.mark.parametrize("schema", [NEXT, LATER])
def test_an_updated_program_goes_on_with_the_catalogue_it_finds(files, tmp_path, schema):
    path = generation(files)
    assert bring_up(path, schema, TOMORROW)
    with closing(sqlite3.connect(tmp_path / "fresh.db")) as fresh:
        replica.create(fresh, schema, TOMORROW)
    assert rows_of(path, "PRAGMA user_version") == [(schema,)]
    for name in ("products", "shelves", "customers"):
        assert columns(path, name) == columns(tmp_path / "fresh.db", name)
    assert rows_of(path, "SELECT sku, weight FROM products LIMIT 1") == [("P00001", "")]
    assert len(found(path, "mug")) == 20


def test_what_was_brought_up_is_fetched_anew_with_the_next_sync(files, tmp_path):
    path = generation(files)
    bring_up(path, NEXT, TOMORROW)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {NOW}")
    feed = ScriptedFeed(make(tmp_path / "source.db"), {"c0": page("c0")})
    assert refreshed(files, feed).complete


def test_a_catalogue_of_a_later_schema_is_left_as_it_is_and_replaced_by_the_next_sync(files, tmp_path):
    path = generation(files)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {replica.SCHEMA + 1}")
    assert not bring_up(path)
    feed = ScriptedFeed(make(tmp_path / "source.db"), {"c0": page("c0")})
    assert refreshed(files, feed).complete
    assert files.current() != path


def test_a_catalogue_of_this_schema_is_not_touched(files):
    path = generation(files)
    before = path.read_bytes()
    assert not bring_up(path)
    assert path.read_bytes() == before


def refreshed(files, feed):
    return Refresh(feed, files, lambda _: None, lambda: False, lambda: 0.0).run()
