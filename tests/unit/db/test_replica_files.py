import sqlite3

import pytest

from tests.support.replica_making import generation, make
from wizterm.db.replica_check import verify
from wizterm.db.replica_errors import ReplicaDamagedError
from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_reader import NoCatalogueError, ReplicaReader


@pytest.fixture
def files(tmp_path):
    return ReplicaFiles(tmp_path)


def test_before_the_first_sync_there_is_no_catalogue(files):
    assert files.current() is None
    assert files.unfinished() is None


def test_a_generation_in_use_is_the_current_one_also_for_the_next_start(files, tmp_path):
    path = generation(files)
    assert ReplicaFiles(tmp_path).current() == path


@pytest.mark.parametrize("text", ["", "../device.db", "000001.db\n000002.db", "000099.db", "\udcff"])
def test_a_pointer_that_names_no_generation_is_no_catalogue(files, text):
    generation(files)
    (files.folder / "current").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert files.current() is None


def test_a_missing_file_is_no_catalogue(files):
    generation(files).unlink()
    assert files.current() is None


def test_a_reader_follows_a_switch_that_comes_between_the_pointer_and_the_file(files):
    old = generation(files, products=3)

    def current():
        path = files.current()
        if path == old:
            generation(files, products=5)
        return path

    assert ReplicaReader(current).rows("SELECT count(*) FROM products") == [(5,)]


def test_a_reader_moves_to_the_new_generation_and_the_old_one_goes(files):
    old = generation(files, products=3)
    reader = ReplicaReader(files.current)
    assert reader.rows("SELECT count(*) FROM products") == [(3,)]
    generation(files, products=5)
    assert reader.rows("SELECT count(*) FROM products") == [(5,)]
    assert not old.exists()
    reader.close()


def test_a_reader_in_the_middle_of_the_old_generation_can_finish(files):
    connection = sqlite3.connect(generation(files, products=3))
    rows = connection.execute("SELECT sku FROM products")
    rows.fetchone()
    generation(files, products=5)
    assert len(rows.fetchall()) == 2
    connection.close()


def test_a_damaged_file_is_told_as_no_catalogue(files):
    path = generation(files)
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    told = []
    reader = ReplicaReader(files.current, told.append)
    with pytest.raises(NoCatalogueError, match=r"damaged .* fetched again"):
        reader.rows("SELECT count(*) FROM products")
    assert told == [path]


def test_a_query_that_is_at_fault_itself_condemns_no_file(files):
    generation(files)
    told = []
    with pytest.raises(NoCatalogueError):
        ReplicaReader(files.current, told.append).rows("SELECT nothing FROM nowhere")
    assert told == []


def test_a_condemned_generation_is_neither_in_use_nor_taken_up_again(files):
    path = generation(files)
    files.condemn(path)
    assert files.current() is None
    assert files.unfinished() is None
    assert not path.exists()


def test_an_accepted_file_waits_until_it_is_put_into_use(files):
    used = generation(files)
    fresh = files.accept(make(files.unpacked()))
    assert files.current() == used
    assert files.unfinished() == fresh
    files.switch(fresh)
    assert files.current() == fresh
    assert files.unfinished() is None


def test_no_log_of_an_older_file_is_taken_for_the_new_ones(files):
    generation(files)
    (files.folder / "000002.db-wal").write_bytes(b"stale")
    fresh = files.accept(make(files.unpacked()))
    assert fresh.name == "000002.db"
    assert not (files.folder / "000002.db-wal").exists()


def test_sweeping_keeps_what_is_in_use_and_what_is_still_wanted(files):
    used = generation(files)
    wanted, other = files.part("a" * 64), files.part("b" * 64)
    for leftover in (wanted, other, files.unpacked()):
        leftover.write_bytes(b"x")
    files.sweep(keep=wanted)
    assert {path.name for path in files.folder.iterdir()} == {used.name, "current", wanted.name}


@pytest.mark.parametrize("name", ["../../etc", "A" * 64, "", "a" * 63])
def test_a_name_from_the_network_is_no_path(files, name):
    with pytest.raises(ValueError, match="SHA-256"):
        files.part(name)


def test_a_sound_file_is_verified(tmp_path):
    verify(make(tmp_path / "a.db"))


@pytest.mark.parametrize(
    "spoil",
    [
        "PRAGMA user_version = 9",
        "PRAGMA application_id = 7",
        "CREATE TRIGGER t AFTER INSERT ON stock BEGIN DELETE FROM prices; END",
        "CREATE VIEW v AS SELECT 1",
        "DROP TABLE stock",
        "ALTER TABLE stock ADD COLUMN mood TEXT",
        "INSERT INTO customers VALUES (1, 'another rep''s', '', '', '', '', '', '', '', '')",
    ],
)
def test_a_file_that_is_anything_else_is_refused(tmp_path, spoil):
    path = make(tmp_path / "a.db")
    connection = sqlite3.connect(path)
    connection.execute(spoil)
    connection.commit()
    connection.close()
    with pytest.raises(ReplicaDamagedError):
        verify(path)


@pytest.mark.parametrize("content", [b"", b"<html>", b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_file_that_is_no_database_is_refused(tmp_path, content):
    path = tmp_path / "a.db"
    path.write_bytes(content)
    with pytest.raises(ReplicaDamagedError):
        verify(path)
