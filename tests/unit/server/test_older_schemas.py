"""What a device is sent whose program is a schema behind the server's."""

import sqlite3
from contextlib import closing

import pytest
import zstandard

from wizterm.protocol import replica
from wizterm.protocol.catalogue import MOST_ROWS
from wizterm.protocol.problem import Code, ProblemError
from wizterm.protocol.replica import BY_NAME, SCHEMA

OLD, NEW = SCHEMA, SCHEMA + 1


@pytest.fixture
def later(monkeypatch):
    """As if tax codes of products, and fees, had come with a schema after this one."""
    products, fees = BY_NAME["products"], BY_NAME["fees"]
    assert products.columns[-1] == "tax_code"
    was = (products.columns_since, fees.since)
    object.__setattr__(products, "columns_since", (*products.columns_since[:-1], NEW))
    object.__setattr__(fees, "since", NEW)
    monkeypatch.setattr(replica, "SERVED", range(OLD, NEW + 1))
    yield
    object.__setattr__(products, "columns_since", was[0])
    object.__setattr__(fees, "since", was[1])


@pytest.fixture
def kim(house, later):
    house.office.load(fees="fee,name,amount\nPALLET,Pallet,25\n")
    return house.sign_in()


def first_sync(house, session, schema, path):
    manifest = house.server.manifest(session.access_token, schema)
    packed = b"".join(house.server.file(session.access_token, manifest.sha256))
    path.write_bytes(zstandard.decompress(packed))
    return manifest, path


def described(path):
    with closing(sqlite3.connect(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        columns = [row[1] for row in connection.execute("PRAGMA table_info(products)")]
        return connection.execute("PRAGMA user_version").fetchone()[0], "fees" in tables, "tax_code" in columns


def test_each_schema_has_a_file_of_its_own(house, kim, tmp_path):
    manifest, file = first_sync(house, kim, OLD, tmp_path / "old.db")
    assert (manifest.schema, described(file)) == (OLD, (OLD, False, False))
    manifest, file = first_sync(house, kim, NEW, tmp_path / "new.db")
    assert (manifest.schema, described(file)) == (NEW, (NEW, True, True))
    again, _ = first_sync(house, kim, OLD, tmp_path / "old.db")
    assert again.sha256 != manifest.sha256


def test_changes_leave_out_what_an_older_device_does_not_know(house, kim):
    cursors = {schema: house.server.manifest(kim.access_token, schema).cursor for schema in (OLD, NEW)}
    house.office.load(products="sku,name\nMUG,Big mug\n", fees="fee,name,amount\nPALLET,Pallet,30\n")
    told = {
        schema: house.server.catalogue_changes(kim.access_token, cursor, MOST_ROWS)
        for schema, cursor in cursors.items()
    }
    rows = {schema: {part.table: part.rows for part in page.upserts} for schema, page in told.items()}
    width = len(BY_NAME["products"].columns)
    assert {schema: len(rows[schema]["products"][0]) for schema in rows} == {OLD: width - 1, NEW: width}
    assert "fees" not in rows[OLD]
    assert rows[NEW]["fees"]


def test_nothing_is_compared_of_tables_that_an_older_device_has_with_fewer_columns(house, kim):
    tables = {}
    for schema in (OLD, NEW):
        cursor = house.server.manifest(kim.access_token, schema).cursor
        page = house.server.catalogue_changes(kim.access_token, cursor, MOST_ROWS)
        tables[schema] = {digest.table for digest in page.digests}
    assert tables[NEW] - tables[OLD] == {"products", "fees"}
    assert "prices" in tables[OLD]


def test_a_cursor_keeps_the_schema_from_one_pull_to_the_next(house, kim):
    cursor = house.server.manifest(kim.access_token, OLD).cursor
    cursor = house.server.catalogue_changes(kim.access_token, cursor, MOST_ROWS).cursor
    house.office.load(products="sku,name\nMUG,Big mug\n")
    page = house.server.catalogue_changes(kim.access_token, cursor, 1)
    assert [len(row) for part in page.upserts for row in part.rows] == [len(BY_NAME["products"].columns) - 1]


@pytest.mark.parametrize("schema", [OLD - 1, NEW + 1])
def test_a_schema_that_is_not_made_is_told_with_those_that_are(house, kim, schema):
    with pytest.raises(ProblemError, match=f"schema {OLD} to {NEW}, not {schema}") as caught:
        house.server.manifest(kim.access_token, schema)
    assert caught.value.code == Code.UNKNOWN_SCHEMA
