"""A real server in processes of its own between a device and the stand-in: set up by its environment alone."""

import json
import time
from contextlib import closing

import pytest
from click.testing import CliRunner

from tests.support.patience import HANG_GUARD
from tests.support.rep_device import RepDevice
from tests.support.server_process import ServerProcess
from tests.support.store_office import PASSWORD, QUICK, decided_here
from tests.support.zoho_box.box import open_box
from wizterm.cli import main
from wizterm.server import reps
from wizterm.server.reps import Reps
from wizterm.server.store.opening import open_store
from wizterm.sync.client import HttpClient


@pytest.fixture
def box():
    with open_box("inventory") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path, box, monkeypatch):
    for key, value in box.values(customer_details="no").items():
        monkeypatch.setenv(f"WIZTERM_ERP_ZOHO_{key.upper()}", value)
    with closing(open_store(tmp_path / "server")) as store:
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
    tmp_path, box, folder, monkeypatch
):
    customer = box.company.contacts[0]["contact_id"]
    with ServerProcess(folder, options=("--workers", "2", "--connector", "zoho")) as server:
        monkeypatch.setenv("WIZTERM_SERVER_CONNECTOR", "zoho")
        until(lambda: pulled(folder))
        with closing(open_store(folder)) as store, store.writing() as writing:
            reps.assign(writing, "KIM", customer)
        connect = lambda: HttpClient(server.address)  # noqa: E731 - the device opens one when it wants to
        device = RepDevice(tmp_path / "kim", connect, server.address, customer=customer).start()
        until(device.knows_its_customer)
        box.lose.append("POST salesorders")
        device.order()
        until(lambda: device.sync() and set(device.states().values()) == {"confirmed"})
        assert server.stop() == 0
    assert box.lost == ["POST salesorders"]
    (sale,) = box.company.papers["salesorders"]
    assert [(line["sku"], line["quantity"]) for line in sale["line_items"]] == [("MUG", 2)]
    assert box.tokens <= 4
