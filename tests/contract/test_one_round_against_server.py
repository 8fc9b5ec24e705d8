"""`wizterm sync` and `wizterm queue` against a real server: a round without a screen."""

from __future__ import annotations

import json
from contextlib import closing

import pytest
from click.testing import CliRunner

from tests.support.rep_device import RepDevice, furnish
from tests.support.server_process import ServerProcess
from tests.support.store_office import StoreOffice
from wizterm.cli import main
from wizterm.server.store.sqlite import open_store
from wizterm.sync.client import HttpClient


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
