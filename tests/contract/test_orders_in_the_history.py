"""An order counts among what the customer bought as soon as it is submitted, and once when the history brings it."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal

import pytest

from tests.support.rep_device import InProcess, RepDevice, furnish
from tests.support.still_clock import StillClock
from tests.support.store_office import QUICK, StoreOffice
from wizterm.connectors.base import Settings
from wizterm.connectors.files import FilesConnector
from wizterm.server.company import open_company
from wizterm.services.customer_page import Tab


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def company(tmp_path, clock):
    erp = FilesConnector(Settings(tmp_path / "erp"))
    company = open_company(tmp_path / "server", name="Testers & Co", connector=erp, clock=clock, passwords=QUICK)
    furnish(StoreOffice(company.store, clock))
    yield company
    company.close()


@pytest.fixture
def line(company):
    return InProcess(lambda: company)


@pytest.fixture
def kim(tmp_path, line, clock):
    return RepDevice(tmp_path / "kim", lambda: line, clock=clock).start()


def portrait(device):
    with closing(device.machine()) as machine:
        return machine.bench.customer_pages.portrait("C1")


def test_an_order_that_waits_stands_in_the_history_and_among_the_orders(kim, line):
    line.down = True
    (number,) = (frozen.number for frozen in kim.submitted(1))
    shown = portrait(kim)
    assert (shown.history.orders, shown.history.days_since, shown.history.average) == (1, 0, Decimal("9.00"))
    assert [(order.number, order.lines, order.value) for order in shown.orders] == [(number, 1, Decimal("9.00"))]
    assert [article.sku for article in shown.articles[Tab.TOP]] == ["MUG"]
    assert not shown.articles[Tab.NEVER]


def test_an_order_that_the_history_brings_counts_once(kim, company, clock):
    (number,) = (frozen.number for frozen in kim.submitted(1))
    history = f"customer,order_number,date,sku,quantity,unit_price\nC1,{number},2026-03-02,MUG,2,4.5\n"
    StoreOffice(company.store, clock).load(history=history)
    clock.go_on(60)
    assert kim.sync().complete
    assert [order.number for order in portrait(kim).orders] == [number]


def test_an_order_that_was_cancelled_was_never_bought(kim, line):
    line.down = True
    (order,) = kim.order()
    with closing(kim.machine()) as machine:
        machine.bench.taking_back.cancel(order)
    assert not portrait(kim).history.orders
