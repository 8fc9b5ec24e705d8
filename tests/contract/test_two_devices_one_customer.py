"""Two machines order for one shop at the same time: server and both devices are processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing

import pytest

from tests.support.patience import HANG_GUARD
from tests.support.rep_device import FILES, RepDevice
from tests.support.server_process import ROOT, ServerProcess
from tests.support.store_office import StoreOffice
from wizterm.server.archive import Archive
from wizterm.server.store.opening import open_store
from wizterm.sync.client import HttpClient

SHARED = "number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM;LEE\n"
REPS = [("KIM", "KIM"), ("KIM", "LEE")]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    with closing(open_store(folder)) as store:
        office = StoreOffice(store)
        office.rep("KIM")
        office.rep("LEE")
        office.load(**FILES | {"customers": SHARED})
    with ServerProcess(folder) as process:
        yield process


@pytest.fixture(params=REPS, ids=["one rep, two machines", "two reps"])
def devices(request, tmp_path, server):
    return [
        RepDevice(tmp_path / f"machine-{place}", lambda: HttpClient(server.address), server.address, rep=rep).start()
        for place, rep in enumerate(request.param)
    ]


def synced_at_once(devices):
    """`wizterm sync` in one process for each, side by side; what they said."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "wizterm", "sync", "--device", device.folder],
            cwd=ROOT,
            env=os.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for device in devices
    ]
    return [process.communicate(timeout=HANG_GUARD)[0] for process in processes]


def bodies(device):
    return dict(device.query("SELECT id, body FROM document"))


def taken(server):
    with closing(open_store(server.folder)) as store:
        archive = Archive(store)
        pages = [page for line in archive.newest(most=1000) for page in archive.pages(line.id)]
    return {page.line.id: page for page in pages}


def test_both_orders_arrive_and_none_is_merged_or_lost(devices, server):
    before = taken(server)
    saved = {}
    for device in devices:
        device.order(3)
        saved |= bodies(device)
    said = synced_at_once(devices)
    assert said == ["Synced: 3 sent, 0 refused, nothing waits.\n"] * 2
    there = {name: page for name, page in taken(server).items() if name not in before}
    assert {name: page.body for name, page in there.items()} == saved
    assert len({page.line.number for page in there.values()}) == 6
    assert {page.line.customer for page in there.values()} == {"C1"}
    for device in devices:
        assert set(device.states().values()) <= {"delivered", "confirmed"}
