from contextlib import closing

import pytest

from tests.support.replica_making import (
    ScriptedFeed,
    customer,
    digests,
    found,
    generation,
    make,
    page,
    price,
    product,
    rows_of,
)
from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_writer import ReplicaWriter
from wizterm.protocol.faults import NotOurServerError, Unreachable, UnreachableError
from wizterm.protocol.problem import Code, problem
from wizterm.sync.fetch import CancelledError, NoRoomError, WrongFileError
from wizterm.sync.progress import Step
from wizterm.sync.refresh import NoAgreementError, Pulled, Refresh

GONE = problem(410, Code.CURSOR_GONE, "too long ago")
BROKEN = UnreachableError("cut", Unreachable.CUT_OFF)


@pytest.fixture
def files(tmp_path):
    return ReplicaFiles(tmp_path / "device")


@pytest.fixture
def source(tmp_path):
    return make(tmp_path / "source.db")


@pytest.fixture
def feed(source):
    return ScriptedFeed(source, {"c0": page("c1", {"customers": [customer(1)]})})


@pytest.fixture
def told():
    return []


@pytest.fixture
def refresh(feed, files, told):
    ticks = iter(range(10**6))
    return Refresh(feed, files, told.append, lambda: False, lambda: float(next(ticks)))


def cursor(path):
    with closing(ReplicaWriter(path)) as writer:
        return writer.cursor()


def test_the_first_sync_fetches_the_file_and_then_what_is_newer(refresh, files, feed):
    assert refresh.run() == Pulled(rows=1, complete=True)
    path = files.current()
    assert len(found(path, "mug")) == 20
    assert found(path, "cafe", "customers") == ["c1"]
    assert cursor(path) == "c1"
    assert feed.asked == ["manifest", "c0"]


def test_nothing_but_the_catalogue_is_left_on_the_disk(refresh, files):
    refresh.run()
    assert sorted(path.name for path in files.folder.iterdir()) == ["000001.db", "current"]


def test_the_next_sync_brings_only_what_changed(refresh, files, feed):
    refresh.run()
    feed.pages["c1"] = page("c2", {"products": [product(3, name="Teapot")]})
    assert refresh.run() == Pulled(rows=1, complete=False)
    assert found(files.current(), "teapot") == ["P00003"]
    assert feed.asked == ["manifest", "c0", "c1"]


def test_pages_are_followed_to_the_last(refresh, files, feed):
    feed.pages = {
        "c0": page("c1", {"customers": [customer(1)]}, more=True, remaining=2),
        "c1": page("c2", {"customers": [customer(2)]}, more=True, remaining=1),
        "c2": page("c3", {"customers": [customer(3)]}),
    }
    refresh.run()
    assert rows_of(files.current(), "SELECT count(*) FROM customers") == [(3,)]
    assert cursor(files.current()) == "c3"


def test_a_broken_fetch_goes_on_where_it_ended(refresh, files, feed):
    feed.cut_after = 500
    with pytest.raises(UnreachableError):
        refresh.run()
    assert files.current() is None
    feed.cut_after = None
    refresh.run()
    assert feed.starts == [0, 500]
    assert len(found(files.current(), "mug")) == 20


def test_thirty_breaks_cost_no_byte_twice(refresh, files, feed):
    feed.cut_after = len(feed.packed) // 30
    for _ in range(40):
        try:
            refresh.run()
        except UnreachableError:
            continue
        break
    assert files.current() is not None
    assert feed.starts == sorted(set(feed.starts))
    assert len(feed.starts) >= 30


def test_a_newer_file_is_not_mixed_with_the_part_of_an_older_one(refresh, files, feed, tmp_path):
    feed.cut_after = 500
    with pytest.raises(UnreachableError):
        refresh.run()
    feed.cut_after = None
    feed.pack(make(tmp_path / "newer.db", products=30).read_bytes(), "c0")
    refresh.run()
    assert feed.starts == [0, 0]
    assert len(found(files.current(), "mug")) == 30


def test_a_file_with_other_bytes_is_thrown_away_and_fetched_anew(refresh, files, feed):
    right = feed.packed
    feed.packed = right[:-1] + bytes([right[-1] ^ 1])
    with pytest.raises(WrongFileError):
        refresh.run()
    feed.packed = right
    refresh.run()
    assert files.current() is not None
    assert feed.starts == [0, 0]


def test_a_file_that_is_longer_than_announced_is_stopped(refresh, files, feed):
    feed.packed += b"x" * 10_000
    with pytest.raises(WrongFileError):
        refresh.run()
    assert files.current() is None


def test_a_file_that_unpacks_to_more_than_announced_is_stopped(refresh, files, feed, source, told):
    feed.pack(source.read_bytes() + b"\0" * 50_000_000, "c0")
    feed.held = feed.held.__class__(
        **{name: getattr(feed.held, name) for name in feed.held.__struct_fields__}
        | {"unpacked_bytes": source.stat().st_size}
    )
    with pytest.raises(WrongFileError, match="announced"):
        refresh.run()
    assert files.current() is None
    assert not files.unpacked().exists()
    assert all(progress.done <= source.stat().st_size for progress in told if progress.step is Step.UNPACKING)


def test_a_file_that_is_not_zstd_is_told_in_a_sentence(refresh, files, feed, source):
    from hashlib import sha256

    feed.packed = b"no zstd at all"
    feed.held = feed.held.__class__(
        sha256=sha256(feed.packed).hexdigest(), bytes=14, unpacked_bytes=100, schema=1, cursor="c0"
    )
    with pytest.raises(NotOurServerError, match="unpacked"):
        refresh.run()
    assert files.current() is None


def test_a_file_that_is_no_catalogue_is_not_used(refresh, files, feed, tmp_path):
    (tmp_path / "x").write_bytes(b"<html>" * 100)
    feed.pack((tmp_path / "x").read_bytes(), "c0")
    with pytest.raises(Exception, match="catalogue"):
        refresh.run()
    assert files.current() is None


def test_a_catalogue_that_does_not_fit_says_how_much_is_missing(refresh, feed):
    feed.held = feed.held.__class__(sha256="a" * 64, bytes=10, unpacked_bytes=2**60, schema=1, cursor="c0")
    with pytest.raises(NoRoomError, match=r"free [\d,]+ MB, then sync again"):
        refresh.run()


@pytest.mark.parametrize("broken_at", ["c1", "c2"])
def test_a_first_sync_that_breaks_among_the_changes_goes_on_there(refresh, files, feed, broken_at):
    pages = {
        "c0": page("c1", {"customers": [customer(1)]}, more=True),
        "c1": page("c2", {"customers": [customer(2)]}, more=True),
        "c2": page("c3", {"customers": [customer(3)]}),
    }
    feed.pages = pages | {broken_at: BROKEN}
    with pytest.raises(UnreachableError):
        refresh.run()
    assert files.current() is None
    feed.pages = pages
    feed.asked.clear()
    refresh.run()
    assert feed.asked[0] == broken_at
    assert rows_of(files.current(), "SELECT count(*) FROM customers") == [(3,)]


def test_a_cursor_that_is_gone_starts_from_the_file_while_the_old_catalogue_stays(refresh, files, feed):
    old = generation(files, products=3)
    during = []
    feed.pages = {"c0": GONE}
    feed.held = feed.held.__class__(**{n: getattr(feed.held, n) for n in feed.held.__struct_fields__} | {"cursor": "m"})
    feed.pages["m"] = page("c9")
    refresh.tell = lambda progress: during.append((progress.step, files.current()))
    assert refresh.run().complete
    assert {path for step, path in during if step is not Step.APPLYING} == {old}
    assert rows_of(files.current(), "SELECT count(*) FROM products") == [(20,)]


def test_a_catalogue_that_differs_from_the_servers_is_fetched_again(refresh, files, feed, source):
    generation(files, products=19)
    feed.pages = {"c0": page("c1", digests=digests(source))}
    assert refresh.run().complete
    assert rows_of(files.current(), "SELECT count(*) FROM products") == [(20,)]


def test_a_new_catalogue_that_differs_too_is_not_put_into_use(refresh, files, feed, source, tmp_path):
    old = generation(files, products=19)
    feed.pages = {"c0": page("c1", digests=digests(make(tmp_path / "other.db", products=50)))}
    with pytest.raises(NoAgreementError, match="products"):
        refresh.run()
    assert files.current() == old


def test_a_damaged_catalogue_is_fetched_again(refresh, files):
    generation(files).write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    assert refresh.run().complete
    assert len(found(files.current(), "mug")) == 20


def test_a_sync_can_be_stopped_between_two_pieces_and_goes_on_later(refresh, files, feed):
    stops = iter([False, True])
    refresh.cancelled = lambda: next(stops)
    with pytest.raises(CancelledError):
        refresh.run()
    refresh.cancelled = lambda: False
    refresh.run()
    assert feed.starts == [0, 512]


def test_a_sync_that_is_stopped_between_two_pages_keeps_the_first(refresh, files, feed):
    refresh.run()
    feed.pages |= {
        "c1": page("c2", {"products": [product(30)], "prices": [price(30)]}, more=True),
        "c2": page("c3", {"products": [product(31)]}),
    }
    refresh.cancelled = lambda: True
    with pytest.raises(CancelledError):
        refresh.run()
    assert cursor(files.current()) == "c2"
    assert "P00030" in found(files.current(), "mug")


def test_changes_that_never_end_are_not_followed_for_ever(refresh, files, feed):
    feed.pages = {"c0": page("c0", more=True)}
    with pytest.raises(NoAgreementError, match="end"):
        refresh.run()


def test_the_whole_catalogue_can_be_asked_for(refresh, files, feed):
    refresh.run()
    feed.asked.clear()
    assert refresh.run(whole=True).complete
    assert feed.asked[0] == "manifest"
    assert files.current().name == "000002.db"


def test_a_server_without_this_schema_is_told_as_it_says(refresh, feed):
    def manifest(schema):
        raise problem(404, Code.UNKNOWN_SCHEMA, "no such schema", "This WizTerm is too old: update it.")

    feed.manifest = manifest
    with pytest.raises(Exception, match="update it"):
        refresh.run()


def test_progress_tells_every_step_in_order_and_reaches_its_end(refresh, told):
    refresh.run()
    steps = [Step.FETCHING, Step.UNPACKING, Step.CHECKING, Step.APPLYING]
    assert list(dict.fromkeys(progress.step for progress in told)) == steps
    for step in steps:
        assert [progress for progress in told if progress.step is step][-1].part == 1.0
