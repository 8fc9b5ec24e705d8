"""A real server brought back to an older backup: every document is there again, and once."""

from __future__ import annotations

import json
import time
from contextlib import closing

import pytest
from click.testing import CliRunner

from tests.support.patience import HANG_GUARD
from tests.support.rep_device import RepDevice, furnish
from tests.support.server_process import ServerProcess
from tests.support.store_office import StoreOffice
from wizterm.cli import main
from wizterm.server.store.opening import open_store
from wizterm.sync.client import HttpClient


@pytest.fixture
def folder(tmp_path):
    with closing(open_store(tmp_path / "server")) as store:
        furnish(StoreOffice(store))
    return tmp_path / "server"


def admin(folder, *arguments):
    told = CliRunner().invoke(main, ["admin", "--folder", str(folder), *map(str, arguments)])
    assert told.exit_code == 0, told.output
    return told.output


def written(folder):
    """Ids in the ERP's folder, as often as they are there."""
    return sorted(json.loads(path.read_text())["document"]["id"] for path in (folder / "erp").glob("*.json"))


def taken(folder):
    return sorted(line["id"] for line in json.loads(admin(folder, "documents", "list", "--json", "--most", "1000")))


def until(true):
    deadline = time.monotonic() + HANG_GUARD
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)  # another process works: there is no event to wait for


def settled(device):
    device.sync()
    return set(device.states().values()) == {"confirmed"}


@pytest.mark.parametrize("while_it_runs", [False, True], ids=["stopped", "running"])
def test_every_document_is_back_exactly_once_and_none_is_doubled_outside(tmp_path, folder, while_it_runs):
    with ServerProcess(folder) as server:
        device = RepDevice(tmp_path / "kim", lambda: HttpClient(server.address), server.address).start()
        device.order(3)
        device.sync()
        admin(folder, "backup", tmp_path / "backup")
        device.order(4)
        until(lambda: settled(device))
        ids = written(folder)
        assert len(ids) == len(set(ids)) == 7
        if not while_it_runs:
            server.stop()
        assert "3 documents" in admin(folder, "restore", "--yes", tmp_path / "backup")
        if not while_it_runs:
            server.start()
        assert len(taken(folder)) == 3
        unsent = device.order(1)
        device.sign_in()
        seen = []

        def all_back():
            device.sync()
            seen.append(set(device.states().values()))
            return len(taken(folder)) == 8 and seen[-1] == {"confirmed"}

        until(all_back)
        assert all("refused" not in states for states in seen)
        assert list(device.states().values())[:7] == ["confirmed"] * 7
        assert taken(folder) == sorted([*ids, unsent[0].id])
        until(lambda: len(written(folder)) == 8)
        assert written(folder) == taken(folder)
        server.stop()
        with closing(open_store(folder)) as store, store.reading():
            from wizterm.server.store.paperwork import Delivery

            assert Delivery.select().count() == 8


def test_a_confirmed_document_never_falls_back_on_the_reps_screen(tmp_path, folder):
    with ServerProcess(folder) as server:
        device = RepDevice(tmp_path / "kim", lambda: HttpClient(server.address), server.address).start()
        admin(folder, "backup", tmp_path / "backup")
        (order,) = device.order(1)
        until(lambda: settled(device))
        admin(folder, "restore", "--yes", tmp_path / "backup")
        device.sign_in()
        until(lambda: device.sync().complete and len(taken(folder)) == 1)
        device.sync()
        history = device.history(order)
        assert set(history[history.index("confirmed") :]) == {"confirmed"}
        assert set(device.states().values()) == {"confirmed"}


def test_restoring_asks_before_it_takes_anything_back(folder, tmp_path):
    admin(folder, "backup", tmp_path / "backup")
    told = CliRunner().invoke(
        main, ["admin", "--folder", str(folder), "restore", str(tmp_path / "backup")], input="n\n"
    )
    assert told.exit_code == 1
    assert "Restored" not in told.output
