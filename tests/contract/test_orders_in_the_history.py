"""An order counts among what the customer bought as soon as it is submitted, and once when the history brings it."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal

import pytest

from tests.support.rep_device import InProcess, RepDevice, furnish
from tests.support.still_clock import StillClock
from tests.support.store_office import PASSWORD, QUICK, StoreOffice
from wizterm.connectors.base import Settings
from wizterm.connectors.files import FilesConnector
from wizterm.domain.browsing import EVERYTHING, Browse
from wizterm.domain.document import State
from wizterm.protocol.catalogue import MOST_ROWS
from wizterm.protocol.replica import SCHEMA
from wizterm.protocol.session import SignIn
from wizterm.server.company import open_company
from wizterm.server.in_process import ServerProtocol
from wizterm.services.browsing import NEVER_BOUGHT
from wizterm.services.customer_page import Tab

SHARED = "number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM;LEE\nC2,Market Hall,TRADE,LEE\n"


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


def test_what_was_just_ordered_was_bought_on_the_products_page_and_in_the_filters(kim, line):
    line.down = True
    list(kim.submitted(1))
    with closing(kim.machine()) as machine:
        bench = machine.bench
        customer = bench.customers.get("C1")
        card = bench.cards.card("MUG", customer)
        assert [purchase.quantity for purchase in card.purchases] == [Decimal(2)]
        assert (card.offer.bought.times, card.offer.bought.quantity) == (1, Decimal(2))
        offered = {each.label for each in bench.browsing.offered(EVERYTHING, customer, "")}
        assert "Bought before" in offered
        assert "Never bought" not in offered
        assert not bench.search.page("", customer, browse=Browse(choices=(NEVER_BOUGHT,))).offers


def test_what_the_company_confirmed_counts_once_on_every_page(kim, company):
    list(kim.submitted(1))
    kim.sync()
    while company.dispatcher.step():
        pass
    assert kim.sync().complete
    with closing(kim.machine()) as machine:
        assert machine.bench.cards.card("MUG", machine.bench.customers.get("C1")).offer.bought.times == 1
    (order,) = portrait(kim).orders
    assert (order.state, order.rep, order.lines) == (State.CONFIRMED, "Kim of Sales", 1)


@pytest.mark.parametrize("rep", ["KIM", "LEE"])
def test_another_machine_reads_the_order_and_what_became_of_it(kim, company, tmp_path, rep):
    StoreOffice(company.store, kim.clock).load(customers=SHARED)
    other = RepDevice(tmp_path / "other", kim.connect, clock=kim.clock, rep=rep).start()
    (number,) = (frozen.number for frozen in kim.submitted(1))
    kim.sync()
    assert other.sync().complete
    (order,) = portrait(other).orders
    assert (order.number, order.state, order.rep, order.value) == (number, State.DELIVERED, "Kim of Sales", 9)
    assert not portrait(other).history.orders
    while company.dispatcher.step():
        pass
    assert other.sync().complete
    (order,) = portrait(other).orders
    assert (order.state, bool(order.external), order.value) == (State.CONFIRMED, True, 9)
    assert [article.sku for article in portrait(other).articles[Tab.TOP]] == ["MUG"]


def test_a_customer_who_comes_to_a_rep_brings_their_orders(kim, company, tmp_path):
    list(kim.submitted(1))
    kim.sync()
    other = RepDevice(tmp_path / "other", kim.connect, clock=kim.clock, rep="LEE", customer="C2").start()
    StoreOffice(company.store, kim.clock).load(customers=SHARED)
    assert other.sync().complete
    assert len(portrait(other).orders) == 1


def test_a_device_of_the_schema_before_is_told_of_no_orders_and_goes_on(kim, company, clock):
    """The replica of schema 1 has no such table."""
    list(kim.submitted(1))
    kim.sync()
    server = ServerProtocol(company)
    session = server.sign_in(SignIn(rep="KIM", password=PASSWORD, device="01a2003a-4d17-7000-8000-000000000001"))
    manifest = server.manifest(session.access_token, SCHEMA - 1)
    changes = server.catalogue_changes(session.access_token, manifest.cursor, MOST_ROWS)
    assert "customers" in {rows.table for rows in changes.upserts}
    assert "orders" not in {rows.table for rows in changes.upserts} | {digest.table for digest in changes.digests}
