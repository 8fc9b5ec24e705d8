"""Real server processes between a device and QuickBooks, set up by their environment, with one session for all."""

import json
import time
from contextlib import closing

import pytest
from click.testing import CliRunner

from tests.support.patience import HANG_GUARD
from tests.support.quickbooks_fixture import quickbooks_values
from tests.support.rep_device import RepDevice
from tests.support.server_process import ServerProcess
from tests.support.store_office import PASSWORD, QUICK, decided_here
from wizterm.cli import main
from wizterm.domain.document import key
from wizterm.server import reps
from wizterm.server.reps import Reps
from wizterm.server.store.opening import open_store
from wizterm.sync.client import HttpClient


@pytest.fixture
def folder(quickbooks, tmp_path, monkeypatch):
    for name, value in quickbooks_values(quickbooks).items():
        monkeypatch.setenv(f"WIZTERM_ERP_QUICKBOOKS_{name.upper()}", value)
    monkeypatch.setenv("WIZTERM_SERVER_CONNECTOR", "quickbooks")
    with closing(open_store(tmp_path / "server")) as store:
        Reps(store, decided_here(store), QUICK).add("KIM", "Kim of Sales", PASSWORD, ())
    return tmp_path / "server"


def until(true):
    deadline = time.monotonic() + 4 * HANG_GUARD
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)  # other processes work: there is no event to wait for


def pulled(folder):
    told = CliRunner().invoke(main, ["admin", "--folder", str(folder), "erp", "pulls", "--json"])
    return all(each["done_at"] for each in json.loads(told.output))


def test_the_catalogue_comes_by_itself_and_an_order_goes_back_once_though_the_answer_was_lost(
    quickbooks, tmp_path, folder
):
    customer = next(row["Id"] for row in quickbooks.books.tables["Customer"] if row["DisplayName"] == "C1")
    with ServerProcess(folder, options=("--workers", "2")) as server:
        until(lambda: pulled(folder))
        with closing(open_store(folder)) as store, store.writing() as writing:
            reps.assign(writing, "KIM", customer)
        device = RepDevice(
            tmp_path / "kim", lambda: HttpClient(server.address), server.address, customer=customer
        ).start()
        until(device.knows_its_customer)
        quickbooks.lose.append("Estimate")
        (ordered,) = device.order()
        until(lambda: device.sync() and set(device.states().values()) == {"confirmed"})
        assert server.stop() == 0
    assert not quickbooks.lose
    assert len(quickbooks.books.marked(key(ordered.id))) == 1
    assert quickbooks.signed_in == 1
