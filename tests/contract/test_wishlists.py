"""A wishlist from a key to the company and back: a change shows at once, and is in the catalogue afterwards."""

from __future__ import annotations

from contextlib import closing

import pytest

from tests.support.rep_device import InProcess, RepDevice, furnish
from tests.support.still_clock import StillClock
from tests.support.store_office import QUICK, StoreOffice
from wizterm.connectors.base import Settings
from wizterm.connectors.files import FilesConnector
from wizterm.domain.customer import Customer, NewCustomer
from wizterm.server.company import open_company
from wizterm.services.order_entry import EntryError

MORE = {
    "products": "sku,name\nMUG,Mug\nTRAY,Tray\nBOX,Box\n",
    "prices": "price_list,sku,price\nTRADE,MUG,4.5\nTRADE,TRAY,12\nTRADE,BOX,3\n",
    "wishlists": "customer,sku,wished_on\nC1,TRAY,2026-01-05\n",
}


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def company(tmp_path, clock):
    erp = FilesConnector(Settings(tmp_path / "erp"))
    company = open_company(tmp_path / "server", name="Testers & Co", connector=erp, clock=clock, passwords=QUICK)
    furnish(StoreOffice(company.store, clock))
    StoreOffice(company.store, clock).load(**MORE)
    yield company
    company.close()


@pytest.fixture
def line(company):
    return InProcess(lambda: company)


@pytest.fixture
def kim(tmp_path, line, clock):
    return RepDevice(tmp_path / "kim", lambda: line, clock=clock).start()


def work(device, do):
    """Do something with the bench of a device's customer's cart."""
    with closing(device.machine()) as machine:
        if machine.bench.entry.current().cart.customer != device.customer:
            machine.bench.entry.choose_customer(device.customer)
        return do(machine.bench)


def wished(device, customer="C1"):
    return work(device, lambda bench: {each.sku: str(each.since) for each in bench.wishing.listed(customer)})


def pull(device, clock):
    clock.go_on(60)
    assert device.sync().complete
    clock.go_on(60)


def test_the_companys_list_is_there_without_a_network(kim, line):
    line.down = True
    assert wished(kim) == {"TRAY": "2026-01-05"}


def test_a_wish_shows_at_once_and_comes_back_with_the_catalogue(kim, line, clock):
    line.down = True
    assert work(kim, lambda bench: bench.wishing.wish("MUG")) == "MUG is on the wishlist of Corner Shop now."
    assert wished(kim) == {"MUG": "2026-03-02", "TRAY": "2026-01-05"}
    line.down = False
    pull(kim, clock)
    assert set(kim.states().values()) == {"confirmed"}
    assert wished(kim) == {"MUG": "2026-03-02", "TRAY": "2026-01-05"}


def test_what_another_removes_later_does_not_come_back(kim, company, clock):
    work(kim, lambda bench: bench.wishing.wish("MUG"))
    pull(kim, clock)
    pull(kim, clock)
    StoreOffice(company.store, clock).load(wishlists=MORE["wishlists"], replace=True)
    pull(kim, clock)
    assert wished(kim) == {"TRAY": "2026-01-05"}


def test_what_is_taken_off_is_gone_on_every_device_of_the_rep(kim, line, tmp_path, clock):
    other = RepDevice(tmp_path / "other", lambda: line, clock=clock).start()
    words = work(kim, lambda bench: bench.wishing.take_off("C1", ["TRAY"]))
    assert words == "TRAY is taken off the wishlist."
    assert wished(kim) == {}
    pull(kim, clock)
    pull(other, clock)
    assert wished(other) == {}


def test_two_changes_at_the_same_time_both_count(kim, line, tmp_path, clock):
    other = RepDevice(tmp_path / "other", lambda: line, clock=clock).start()
    work(kim, lambda bench: bench.wishing.wish("MUG"))
    work(other, lambda bench: bench.wishing.wish("BOX"))
    for device in (kim, other, kim):
        pull(device, clock)
    assert wished(kim).keys() == wished(other).keys() == {"MUG", "BOX", "TRAY"}


def test_a_new_customers_wish_waits_for_the_customer(kim, line, clock):
    line.down = True

    def wish_for_a_new_one(bench):
        made = bench.submission.new_customer(NewCustomer(company="Harbour Café", contact="Ann"))
        bench.entry.choose_customer(made.id)
        bench.wishing.wish("BOX")
        return made.id

    made = work(kim, wish_for_a_new_one)
    line.down = False
    pull(kim, clock)
    pull(kim, clock)
    assert wished(kim, made).keys() == {"BOX"}
    assert set(kim.states().values()) <= {"confirmed", "delivered"}


def test_a_wish_that_was_taken_back_from_the_queue_is_no_wish(kim, line):
    line.down = True
    work(kim, lambda bench: bench.wishing.wish("MUG"))

    def withdraw(bench):
        (wish,) = bench.documents.page()
        assert "is cancelled" in bench.taking_back.cancel(wish.document)

    work(kim, withdraw)
    assert wished(kim) == {"TRAY": "2026-01-05"}


def test_a_wish_for_another_reps_customer_is_refused_and_can_be_put_away(kim, clock):
    stranger = Customer(id="C2", name="Market Hall", price_list="TRADE")
    work(kim, lambda bench: bench.submission.wish(stranger, added=("MUG",)))
    clock.go_on(60)
    kim.sync()
    assert set(kim.states().values()) == {"refused"}
    assert wished(kim, "C2") == {}

    def put_away(bench):
        (wish,) = bench.documents.page()
        bench.taking_back.cancel(wish.document)

    work(kim, put_away)
    assert set(kim.states().values()) == {"cancelled"}


def test_wishes_go_into_the_cart_of_whose_they_are(kim):
    work(kim, lambda bench: bench.wishing.wish("MUG"))
    view = work(kim, lambda bench: bench.wishing.into_cart("C1", ["MUG", "TRAY", "GONE"]))
    assert [line.sku for line in view.cart.lines] == ["MUG", "TRAY"]
    assert view.said == "Not added: GONE. Add each by itself to see why."
    with pytest.raises(EntryError, match="The cart at hand is for Corner Shop"):
        work(kim, lambda bench: bench.wishing.into_cart("C2", ["MUG"]))


def test_a_cart_for_nobody_has_no_wishlist(kim):
    with closing(kim.machine()) as machine:
        machine.bench.entry.begin()
        with pytest.raises(EntryError, match="choose one for this cart first"):
            machine.bench.wishing.wish("MUG")
