"""Each thing the doctor looks at, well and not well."""

from contextlib import closing
from datetime import timedelta

import pytest

from tests.support.fake_server import FakeServer, Fault
from tests.support.outbox_device import FakeClock
from tests.support.rep_device import FILES, RepDevice
from wizterm.db.locks import FolderLock
from wizterm.db.replica_files import ReplicaFiles
from wizterm.domain.ids import uuid7
from wizterm.protocol.faults import NotOurServerError, Stranger, Unreachable, UnreachableError
from wizterm.protocol.ping import Pong
from wizterm.protocol.problem import Code, problem
from wizterm.services.checkup.examination import Examination
from wizterm.services.checkup.finding import Sign

PLENTY = 2**40


class Client:
    """The server in memory, with a clock of its own."""

    def __init__(self, server, clock, skew=timedelta()):
        self._server = server
        self._clock = clock
        self.skew = skew

    def __getattr__(self, name):
        return getattr(self._server, name)

    def ping(self, nonce):
        pong = self._server.ping(nonce)
        return Pong(nonce=nonce, server=pong.server, epoch=pong.epoch, time=self._clock.now() - self.skew, protocol=1)

    def close(self):
        pass


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def client(clock):
    server = FakeServer()
    server.rep("KIM")
    server.load(**FILES)
    return Client(server, clock)


@pytest.fixture
def device(tmp_path, client, clock):
    return RepDevice(tmp_path / "kim", lambda: client, clock=clock).start()


@pytest.fixture
def examine(device, client, clock):
    def examine(free=PLENTY):
        examination = Examination(
            device.folder, connect=lambda _: client, clock=clock, new_id=uuid7, free=lambda _: free
        )
        return {finding.what: finding for finding in examination.findings()}

    return examine


def bad(findings):
    return {what for what, finding in findings.items() if finding.sign is Sign.BAD}


def test_a_healthy_folder_has_nothing_to_do(examine):
    findings = examine()
    assert bad(findings) == set()
    assert set(findings) == {
        "files", "free space", "locks", "log", "catalogue", "integrity", "schema", "queue", "last sync", "sign-in",
        "connection", "clock",
    }  # fmt: skip


def test_whatever_is_bad_says_what_to_do(examine, device, clock):
    device.order()
    clock.advance(timedelta(days=30).total_seconds())
    findings = examine(free=0)
    assert bad(findings) == {"free space", "queue", "last sync"}
    assert all(finding.todo for finding in findings.values() if finding.sign is Sign.BAD)


def test_a_folder_that_others_may_read_is_told(examine, device):
    device.folder.chmod(0o755)
    assert "chmod 700" in examine()["files"].todo


def test_a_damaged_file_is_told_and_everything_else_still_looked_at(examine, device):
    device.order(20)
    file = device.folder / "device.db"
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 8] = b"\xff" * 4096 * 5
    file.write_bytes(content)
    findings = examine()
    assert findings["integrity"].sign is Sign.BAD
    assert findings["free space"].sign is Sign.GOOD


def test_a_file_of_a_newer_program_is_told_and_left_alone(examine, device):
    device.query("UPDATE schema_migration SET name = '9999_later'")
    assert "newer WizTerm" in examine()["integrity"].words


def test_a_damaged_catalogue_is_told(examine, device):
    current = ReplicaFiles(device.folder).current()
    content = bytearray(current.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    current.write_bytes(content)
    assert bad(examine()) == {"catalogue"}


def test_a_folder_without_a_catalogue_is_told(examine, device):
    files = ReplicaFiles(device.folder)
    files.condemn(files.current())
    assert "none on this machine" in examine()["catalogue"].words


def test_what_waits_is_a_note_at_first_and_something_to_do_after_a_day(examine, device, clock):
    device.order()
    clock.advance(3600)
    assert (examine()["queue"].sign, examine()["queue"].words) == (
        Sign.NOTE,
        "1 waiting, safe on this machine; the oldest since 1 h.",
    )
    clock.advance(24 * 3600)
    assert examine()["queue"].sign is Sign.BAD


def test_what_was_refused_needs_a_person(examine, device):
    device.order()
    device.query("UPDATE document SET state = 'refused'")
    assert bad(examine()) == {"attention"}


@pytest.mark.parametrize(("skew", "said"), [(500, "500 s ahead of"), (-500, "500 s behind")])
def test_a_clock_that_is_off_is_told_with_the_way_it_is_off(examine, client, skew, said):
    client.skew = timedelta(seconds=skew)
    assert bad(examine()) == {"clock"}
    assert said in examine()["clock"].words


@pytest.mark.parametrize(
    ("error", "todo"),
    [
        (UnreachableError("no", Unreachable.NO_ROUTE), "Find a network"),
        (NotOurServerError("html", Stranger.LOGIN), "log in to this network"),
        (NotOurServerError("date", Stranger.CLOCK), "Set this machine's date"),
        (problem(500, Code.SERVER_TROUBLE, "bug"), "Ask the office"),
    ],
    ids=str,
)
def test_a_company_that_cannot_be_reached_is_told_with_what_to_do(examine, client, error, todo):
    client._server.faults.append(Fault("ping", error))
    assert todo in examine()["connection"].todo


def test_no_call_is_made_in_offline_mode(examine, device, client):
    device.query("INSERT OR REPLACE INTO setting VALUES ('offline_mode', 'on')")
    client._server.calls.clear()
    assert examine()["connection"].sign is Sign.NOTE
    assert client._server.calls == []


def test_somebody_who_is_not_signed_in_is_told_so(examine, device):
    device.query("UPDATE setting SET value = '' WHERE name = 'session'")
    assert bad(examine()) == {"sign-in"}


def test_an_open_terminal_is_a_note(examine, device):
    with closing(device.machine()):
        assert "a terminal has the folder open" in examine()["locks"].words
    assert examine()["locks"].sign is Sign.GOOD


def test_a_round_under_way_is_a_note(examine, device):
    lock = FolderLock(device.folder / "sender.lock")
    lock.acquire()
    assert "being sent" in examine()["locks"].words
    lock.release()
