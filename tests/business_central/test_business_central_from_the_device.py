"""The whole way: a catalogue out of Business Central, an order on a device, a sales order there, and lost answers."""

from decimal import Decimal

import pytest

from tests.support.business_central_fixture import business_central_connector
from tests.support.documents_making import cancellation, line, new_customer, order
from tests.support.firm import Firm, big_order
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
def firm(business_central, tmp_path, clock):
    connector = business_central_connector(business_central, tmp_path, now=lambda: clock.now().timestamp())
    made = Firm(tmp_path / "server", connector, clock)
    made.furnish()
    yield made
    made.company.close()


@pytest.fixture
def device(tmp_path, firm, clock):
    return RepDevice(tmp_path / "kim", lambda: InProcess(lambda: firm.company), clock=clock).start()


def test_an_order_is_one_sales_order_with_the_same_figures_though_every_answer_was_lost_once(
    business_central, device, firm
):
    frozen = big_order(device)
    device.sync()
    business_central.lose += ["POST salesOrders", "POST salesOrderLines"]
    firm.settle()
    device.sync()
    body = bodies.decode("order", firm.page(frozen.document.id).body)
    (row,) = business_central.books.marked(key(body.id))
    assert not business_central.lose
    assert device.states() == {body.number: "confirmed"}
    assert firm.state(body.id) == ("confirmed", row["number"])
    assert [each["description"] for each in row["lines"] if each["lineType"] == "Comment"] == [
        *("Back door", "Customer's number: PO-9", f"{body.number}, sold by KIM")
    ]
    comes_to = business_central.books.totals("salesOrders", row)["totalAmountExcludingTax"]
    assert comes_to == body.total == sum((each.net - each.cart_discount for each in body.lines), Decimal(0))


def test_after_a_restore_the_order_comes_again_and_makes_no_second_one(business_central, device, firm, tmp_path):
    back_up(firm.folder, tmp_path / "backup")
    ordered = big_order(device).document
    device.sync()
    firm.settle()
    device.sync()
    booked = firm.state(ordered.id)
    firm.company.close()
    restore(tmp_path / "backup", firm.folder, uuid7)
    firm.open()
    device.sign_in()
    device.sync()
    firm.settle()
    device.sync()
    assert firm.state(ordered.id) == booked
    assert len(business_central.books.marked(key(ordered.id))) == 1


def test_a_new_customer_comes_before_their_order_though_both_answers_were_lost(business_central, firm):
    kim = firm.sign_in()
    shop = new_customer(kim)
    waiting = order(kim, shop.id, line(1, "MUG"))
    business_central.lose += ["POST customers", "POST salesOrders"]
    firm.post(shop, waiting)
    firm.settle()
    assert firm.state(shop.id) == ("confirmed", shop.number)
    assert firm.state(waiting.id)[0] == "confirmed"
    (row,) = business_central.books.marked(key(waiting.id))
    assert row["customerNumber"] == shop.number
    assert not business_central.lose


def test_a_cancellation_takes_the_order_away_again(business_central, firm):
    kim = firm.sign_in()
    said = order(kim, "C1", line(1, "MUG"))
    firm.post(said)
    firm.settle()
    business_central.lose.append("DELETE salesOrders")
    firm.post(cancellation(kim, said.id))
    firm.settle()
    assert firm.state(said.id)[0] == "cancelled"
    assert business_central.books.rows("salesOrders") == []


def test_an_item_that_business_central_does_not_know_is_mapped_by_the_office_and_goes_on(business_central, firm):
    said = order(firm.sign_in(), "C1", line(1, "TEAPOT"))
    firm.post(said)
    firm.settle()
    assert (firm.state(said.id)[0], firm.page(said.id).deliveries[0].code) == ("refused", UNKNOWN_ITEM)
    desk = DeliveryDesk(firm.company.store, decided_here(firm.company.store), clock=firm.clock, new_id=uuid7)
    desk.map_item(said.number, "TEAPOT", "TRAY")
    firm.settle()
    assert firm.state(said.id)[0] == "confirmed"
    assert len(business_central.books.marked(key(said.id))) == 1
