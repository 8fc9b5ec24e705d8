"""`wizterm sync` and `wizterm queue` against a real server: a round without a screen."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing

import pytest
from click.testing import CliRunner

from tests.support.patience import HANG_GUARD
from tests.support.rep_device import RepDevice, furnish
from tests.support.server_process import ROOT, ServerProcess
from tests.support.store_office import StoreOffice
from wizterm.cli import main
from wizterm.db.replica_files import ReplicaFiles
from wizterm.server.store.opening import open_store
from wizterm.services.stored_settings import StoredSettings
from wizterm.sync.client import HttpClient
from wizterm.sync.refresh import Pulled, Refresh
from wizterm.sync.session import SessionKeeper
from wizterm.sync.signed_in import SignedIn


@pytest.fixture
def server(tmp_path):
    with closing(open_store(tmp_path / "server")) as store:
        furnish(StoreOffice(store))
    with ServerProcess(tmp_path / "server") as process:
        yield process


@pytest.fixture
def device(tmp_path, server):
    return RepDevice(tmp_path / "kim", lambda: HttpClient(server.address), server.address).start()


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def test_a_round_sends_what_waits_and_says_so(device):
    device.order(3)
    told = run("sync", "--device", device.folder)
    assert (told.exit_code, told.stdout) == (0, "Synced: 3 sent, 0 refused, nothing waits.\n")
    assert set(device.states().values()) <= {"delivered", "confirmed"}


def test_a_round_without_a_server_ends_with_status_1_and_keeps_everything(device, server):
    device.order(2)
    server.kill()
    told = run("sync", "--json", "--device", device.folder)
    assert told.exit_code == 1
    report = json.loads(told.stdout)
    assert (report["complete"], report["waiting"], report["sent"]) == (False, 2, 0)
    assert "not running" in report["words"]
    assert "▲ The server is in trouble." in run("sync", "--device", device.folder).stdout
    server.start()
    assert run("sync", "--device", device.folder).exit_code == 0
    assert set(device.states().values()) <= {"delivered", "confirmed"}


def test_what_is_held_stays_behind_and_goes_when_it_is_released(device):
    device.order(2)
    number = max(device.states())
    assert run("queue", "--device", device.folder, "hold", number).exit_code == 0
    assert json.loads(run("sync", "--json", "--device", device.folder).stdout)["sent"] == 1
    assert device.states()[number] == "queued"
    assert run("queue", "--device", device.folder, "release", number).exit_code == 0
    assert json.loads(run("sync", "--json", "--device", device.folder).stdout)["waiting"] == 0


def test_two_never_send_from_the_same_folder(device):
    device.order(1)
    with closing(device.machine()):
        told = run("sync", "--device", device.folder)
        assert told.exit_code == 1
        assert "Another WizTerm has" in told.stderr
        assert set(device.states().values()) == {"queued"}
        assert run("queue", "--device", device.folder, "list").exit_code == 0


def test_a_folder_that_nobody_signed_in_to_is_said_and_not_made(tmp_path):
    told = run("sync", "--device", tmp_path / "nobody")
    assert told.exit_code == 1
    assert "Nobody has signed in to" in told.stderr
    assert not (tmp_path / "nobody").exists()


class CountingClient(HttpClient):
    """Remembers what it asked and was answered."""

    def __init__(self, address):
        super().__init__(address)
        self.answers = []

    def _call(self, *words, **more):
        self.answers.append(super()._call(*words, **more))
        return self.answers[-1]

    def bytes(self):
        """Of all requests with their heads, and of all answers' bodies."""
        asked = sum(
            len(answer.request.url) + sum(len(name) + len(value) + 4 for name, value in answer.request.headers.items())
            for answer in self.answers
        )
        return asked + sum(answer.raw.tell() for answer in self.answers)


def test_asking_for_the_catalogue_when_nothing_is_new_takes_one_small_request(device, server):
    client = CountingClient(server.address)
    with closing(device.machine()) as machine, closing(client):
        keeper = SessionKeeper(
            speaker=client, settings=StoredSettings(machine.database), clock=machine.clock, new_nonce=machine.new_id
        )
        keeper.token()
        client.answers.clear()
        files, clock = ReplicaFiles(machine.folder), machine.clock
        refresh = Refresh(SignedIn(client, keeper), files, lambda _: None, lambda: False, clock.monotonic)
        assert refresh.run() == Pulled(0, complete=False)
    assert [answer.request.path_url.partition("?")[0] for answer in client.answers] == ["/v1/catalog/changes"]
    assert client.bytes() < 1500


def test_the_office_sees_what_stays_behind_on_a_device(device, server):
    device.order(2)
    number = max(device.states())
    run("queue", "--device", device.folder, "hold", number)
    run("sync", "--device", device.folder)
    (line,) = json.loads(run("admin", "--folder", server.folder, "devices", "list", "--json").stdout)
    assert (line["rep"], line["unsent"]) == ("KIM", 1)


def test_a_documents_id_is_in_the_log_of_both_ends(device, server):
    (document,) = device.order()
    command = [sys.executable, "-m", "wizterm", "sync", "--log-format", "json", "--device", str(device.folder)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=HANG_GUARD, check=True)
    on_the_device = [json.loads(line) for line in told.stderr.splitlines() if line.startswith("{")]
    on_the_server = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    assert [line["says"] for line in on_the_device if line.get("document") == document.id] == ["sent", "heard"]
    assert "taken" in [line["says"] for line in on_the_server if line.get("document") == document.id]
