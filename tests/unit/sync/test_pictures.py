from contextlib import closing
from itertools import count

import pytest

from tests.support.drawing import digest, png
from tests.support.replica_making import generation, page
from wizterm.db.picture_files import picture_path
from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_writer import ReplicaWriter
from wizterm.protocol.faults import Unreachable, UnreachableError
from wizterm.protocol.problem import Code, ProblemError, problem
from wizterm.sync.fetch import CancelledError
from wizterm.sync.pictures import MOST_IN_A_ROW, Pictures

RED, BLUE, GREEN = png("red"), png("blue"), png("green")


class Office:
    """Has the pictures, and counts what is asked for."""

    def __init__(self, *contents):
        self.contents = {digest(content): content for content in contents}
        self.asked = []

    def fetch(self, name):
        self.asked.append(name)
        return self.contents[name]


@pytest.fixture
def device(tmp_path):
    generation(ReplicaFiles(tmp_path))
    return tmp_path


def name(device, *pictures):
    """Let the catalogue name these: sku and content."""
    rows = [
        (f"m{place}", f"P{sku:05d}", 1, digest(content), len(content), "image/png")
        for place, (sku, content) in enumerate(pictures)
    ]
    with closing(ReplicaWriter(ReplicaFiles(device).current())) as writer:
        writer.apply(page("c1", {"media": rows}))


def run(device, office, *, told=None, stop_after=None, **limits):
    asked = count()
    return Pictures(
        office.fetch,
        device,
        tell=(told if told is not None else []).append,
        cancelled=lambda: stop_after is not None and next(asked) >= stop_after,
        monotonic=lambda: 0.0,
        **limits,
    ).run()


def test_equal_pictures_are_fetched_once_whoever_shares_them(device):
    name(device, (1, RED), (2, RED), (3, BLUE))
    office = Office(RED, BLUE)
    assert run(device, office).came == 2
    assert sorted(office.asked) == sorted({digest(RED), digest(BLUE)})


def test_what_was_broken_off_goes_on_where_it_stopped(device):
    name(device, (1, RED), (2, BLUE), (3, GREEN))
    office = Office(RED, BLUE, GREEN)
    with pytest.raises(CancelledError):
        run(device, office, stop_after=2)
    assert run(device, office).came == 1
    assert len(office.asked) == 3


def test_the_progress_ends_at_the_size_of_all_of_them(device):
    name(device, (1, RED), (2, BLUE))
    told = []
    run(device, Office(RED, BLUE), told=told)
    assert told[-1].done == told[-1].total == len(RED) + len(BLUE)


def test_best_sellers_come_first_where_there_is_no_room_for_all(device):
    name(device, (9, RED), (1, BLUE))
    assert run(device, Office(RED, BLUE), most_bytes=len(BLUE)).came == 1
    assert picture_path(device, digest(BLUE)).exists()
    assert not picture_path(device, digest(RED)).exists()


def test_what_the_catalogue_names_no_more_goes(device):
    name(device, (1, RED))
    run(device, Office(RED))
    name(device, (1, BLUE))
    run(device, Office(BLUE))
    assert not picture_path(device, digest(RED)).exists()


class BadOffice(Office):
    """Fails over some pictures."""

    def __init__(self, *contents):
        super().__init__(*contents)
        self.failing = {}

    def fetch(self, name):
        content = super().fetch(name)
        if name in self.failing:
            raise self.failing[name]
        return content


NO_SUCH = problem(404, Code.NOT_FOUND, "There is no such picture.")
FAILED = problem(500, Code.SERVER_TROUBLE, "The server failed.")


@pytest.mark.parametrize("fault", [NO_SUCH, FAILED, UnreachableError("status 502", Unreachable.GATEWAY)])
def test_a_picture_the_server_does_not_give_is_left_out_and_those_behind_it_come(device, fault):
    name(device, (1, RED), (2, BLUE), (3, GREEN))
    office = BadOffice(RED, BLUE, GREEN)
    office.failing[digest(RED)] = fault
    fetched = run(device, office)
    assert fetched.words == "1 picture of 3 could not be fetched: the next Media Sync tries again."
    assert picture_path(device, digest(GREEN)).exists()
    office.failing.clear()
    assert run(device, office).came == 1
    assert run(device, office).words == ""
    assert picture_path(device, digest(RED)).exists()


def test_a_picture_that_arrives_damaged_is_not_kept_and_those_behind_it_come(device):
    name(device, (1, RED), (2, BLUE))
    office = Office(RED, BLUE)
    office.contents[digest(RED)] = GREEN
    assert run(device, office).left_out == 1
    assert not picture_path(device, digest(RED)).exists()
    assert picture_path(device, digest(BLUE)).exists()


@pytest.mark.parametrize(
    "fault",
    [problem(401, Code.SIGN_IN_NEEDED, "Sign in."), UnreachableError("The line broke.", Unreachable.CUT_OFF)],
)
def test_what_is_not_the_pictures_fault_stops_and_is_told(device, fault):
    name(device, (1, RED), (2, BLUE))
    office = BadOffice(RED, BLUE)
    office.failing[digest(RED)] = fault
    with pytest.raises(type(fault)):
        run(device, office)
    assert len(office.asked) == 1


def test_a_server_that_fails_over_every_picture_is_not_asked_for_all_of_them(device):
    contents = [bytes([number]) for number in range(MOST_IN_A_ROW + 5)]
    name(device, *enumerate(contents, 1))
    office = BadOffice(*contents)
    office.failing = dict.fromkeys(office.contents, FAILED)
    with pytest.raises(ProblemError):
        run(device, office)
    assert len(office.asked) == MOST_IN_A_ROW
