"""A real server in a process of its own between a device and a real Tryton: set up by its environment alone."""

import json
import time
from contextlib import closing

import pytest
from click.testing import CliRunner

from tests.support.cutting_proxy import CuttingProxy
from tests.support.patience import HANG_GUARD
from tests.support.rep_device import RepDevice
from tests.support.server_process import ServerProcess
from tests.support.store_office import PASSWORD, QUICK, decided_here
from tests.support.tryton_fixture import GROUP, tryton_values
from wizterm.cli import main
from wizterm.server import reps
from wizterm.server.reps import Reps
from wizterm.server.store.opening import open_store
from wizterm.sync.client import HttpClient

pytestmark = GROUP


@pytest.fixture
def lossy(tryton):
    with CuttingProxy(tryton.port).open() as proxy:
        yield proxy


@pytest.fixture
def folder(tryton, tmp_path, lossy, monkeypatch, store_url):
    for key, value in (tryton_values(tryton) | {"address": lossy.address}).items():
        monkeypatch.setenv(f"WIZTERM_ERP_TRYTON_{key.upper()}", value)
    monkeypatch.setenv("WIZTERM_SERVER_CONNECTOR", "tryton")
    monkeypatch.setenv("WIZTERM_SERVER_STORE", store_url)
    with closing(open_store(tmp_path / "server", store_url)) as store:
        Reps(store, decided_here(store), QUICK).add("KIM", "Kim of Sales", PASSWORD, ())
    return tmp_path / "server"


def until(true):
    deadline = time.monotonic() + 4 * HANG_GUARD
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)  # another process works: there is no event to wait for


def pulled(folder):
    told = CliRunner().invoke(main, ["admin", "--folder", str(folder), "erp", "pulls", "--json"])
    return all(each["done_at"] for each in json.loads(told.output))


def test_its_catalogue_comes_by_itself_and_an_order_goes_back_once_though_the_answer_was_lost(
    tmp_path, tryton, folder, lossy, store_url
):
    with ServerProcess(folder, options=("--workers", "2")) as server:
        until(lambda: pulled(folder))
        with closing(open_store(folder, store_url)) as store, store.writing() as writing:
            reps.assign(writing, "KIM", "C1")
        device = RepDevice(tmp_path / "kim", lambda: HttpClient(server.address), server.address).start()
        until(device.knows_its_customer)
        lossy.cut.append("model.sale.sale.create")
        (ordered,) = device.order()
        until(lambda: device.sync() and set(device.states().values()) == {"confirmed"})
        assert server.stop() == 0
    assert lossy.lost == ["model.sale.sale.create"]
    (sale,) = tryton.office.sales_of(ordered.id)
    assert [(line["product."]["code"], line["quantity"]) for line in sale["lines."]] == [("MUG", 2.0)]
