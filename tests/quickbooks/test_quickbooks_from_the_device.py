"""The whole way: a catalogue out of QuickBooks, an order on a device, an estimate there, and answers that are lost."""

from decimal import Decimal

import pytest

from tests.support.documents_making import line, new_customer, order
from tests.support.firm import Firm, big_order
from tests.support.quickbooks_fixture import quickbooks_connector
from tests.support.rep_device import InProcess, RepDevice
from tests.support.still_clock import StillClock
from tests.support.store_office import decided_here
from wizterm.connectors.base import UNKNOWN_ITEM
from wizterm.domain.document import key
from wizterm.domain.ids import uuid7
from wizterm.protocol import bodies
from wizterm.server.delivery_desk import DeliveryDesk
from wizterm.server.store.backing_up import back_up, restore


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def customer(quickbooks):
    """The number of C1 here, which is their id there."""
    return next(row["Id"] for row in quickbooks.books.tables["Customer"] if row["DisplayName"] == "C1")


@pytest.fixture
def firm(quickbooks, tmp_path, clock, customer):
    made = Firm(tmp_path / "server", quickbooks_connector(quickbooks, tmp_path), clock, customer)
    made.furnish()
    yield made
    made.company.close()


@pytest.fixture
def device(tmp_path, firm, clock):
    return RepDevice(tmp_path / "kim", lambda: InProcess(lambda: firm.company), clock=clock).start()


def before_tax(row):
    return row["TotalAmt"] - row["TxnTaxDetail"]["TotalTax"]


def test_an_order_is_one_estimate_with_the_same_figures_though_every_answer_was_lost_once(
    quickbooks, device, firm, customer
):
    frozen = big_order(device, customer)
    device.sync()
    quickbooks.lose.append("Estimate")
    firm.settle()
    device.sync()
    body = bodies.decode("order", firm.pages(frozen.document.id)[0].body)
    (row,) = quickbooks.books.marked(key(body.id))
    assert not quickbooks.lose
    assert device.states() == {body.number: "confirmed"}
    assert (row["DocNumber"], row["CustomerMemo"]) == (body.number, {"value": "Back door"})
    assert "Customer's number: PO-9" in row["PrivateNote"]
    assert before_tax(row) == body.total == sum((each.net - each.cart_discount for each in body.lines), Decimal(0))


def test_after_a_restore_the_order_comes_again_and_makes_no_second_estimate(
    quickbooks, device, firm, customer, tmp_path
):
    back_up(firm.folder, tmp_path / "backup")
    ordered = big_order(device, customer).document
    device.sync()
    firm.settle()
    device.sync()
    ((number, before),) = device.states().items()
    quickbooks.forget()
    quickbooks.books.unique_numbers = False
    firm.company.close()
    restore(tmp_path / "backup", firm.folder, uuid7)
    firm.open()
    assert firm.pages(ordered.id) == ()
    device.sign_in()
    device.sync()
    firm.settle()
    device.sync()
    (page,) = firm.pages(ordered.id)
    assert (page.line.state, page.line.external) == ("confirmed", number)
    assert device.states() == {number: before} == {number: "confirmed"}
    assert len(quickbooks.books.marked(key(ordered.id))) == 1


def test_a_new_customer_gets_their_id_there_and_their_order_follows_though_both_answers_were_lost(quickbooks, firm):
    kim = firm.sign_in()
    shop = new_customer(kim)
    waiting = order(kim, shop.id, line(1, "MUG"))
    quickbooks.lose += ["Customer", "Estimate"]
    firm.post(shop, waiting)
    firm.settle()
    row = quickbooks.books.tables["Customer"][-1]
    assert row["DisplayName"] == "Corner Shop"
    (made,), (booked,) = firm.pages(shop.id), firm.pages(waiting.id)
    assert (made.line.state, made.line.external, booked.line.state) == ("confirmed", row["Id"], "confirmed")
    (estimate,) = quickbooks.books.marked(key(waiting.id))
    assert estimate["CustomerRef"] == {"value": row["Id"]}
    assert not quickbooks.lose


def test_an_item_that_quickbooks_does_not_know_is_mapped_by_the_office_and_goes_on(quickbooks, firm, customer):
    kim = firm.sign_in()
    said = order(kim, customer, line(1, "TEAPOT"))
    firm.post(said)
    firm.settle()
    (page,) = firm.pages(said.id)
    assert (page.line.state, page.deliveries[0].code) == ("refused", UNKNOWN_ITEM)
    desk = DeliveryDesk(firm.company.store, decided_here(firm.company.store), clock=firm.clock, new_id=uuid7)
    desk.map_item(said.number, "TEAPOT", "TRAY")
    firm.settle()
    assert firm.pages(said.id)[0].line.state == "confirmed"
    assert len(quickbooks.books.marked(key(said.id))) == 1
