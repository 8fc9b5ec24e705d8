"""The whole way: a catalogue out of Zoho, an order taken without a network, a sales order in Zoho, once."""

import pytest

from tests.support.documents_making import line, new_customer, order
from tests.support.firm import Firm, big_order
from tests.support.rep_device import InProcess, RepDevice
from tests.support.still_clock import StillClock
from tests.support.store_office import decided_here
from tests.support.zoho_fixture import zoho_connector
from wizterm.connectors.base import UNKNOWN_ITEM
from wizterm.domain.document import Kind, key
from wizterm.domain.ids import uuid7
from wizterm.protocol import bodies
from wizterm.server.delivery_desk import DeliveryDesk
from wizterm.server.store.backing_up import back_up, restore


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def firm(zoho, tmp_path, clock):
    made = Firm(tmp_path / "server", zoho_connector(zoho, tmp_path), clock, zoho.company.contacts[0]["contact_id"])
    made.furnish()
    yield made
    made.company.close()


@pytest.fixture
def device(tmp_path, firm, clock):
    return RepDevice(
        tmp_path / "kim", lambda: InProcess(lambda: firm.company), customer=firm.customer, clock=clock
    ).start()


def test_an_order_taken_without_a_network_is_one_sales_order_though_every_answer_was_lost_once(zoho, device, firm):
    state = "open" if zoho.company.product == "books" else "confirmed"
    calls = ["POST salesorders", f"POST salesorders/*/status/{state}"]
    zoho.lose += calls
    frozen = big_order(device, firm.customer)
    assert zoho.company.papers["salesorders"] == []
    device.sync()
    firm.settle()
    device.sync()
    body = bodies.decode("order", firm.pages(frozen.document.id)[0].body)
    (sale,) = zoho.company.named(body.number)
    assert zoho.lost == calls
    assert device.states() == {body.number: "confirmed"}
    assert (sale["status"], sale["reference_number"]) == (state, key(body.id))
    assert sale["notes"].splitlines() == ["Back door", "Your number: PO-9"]
    counted = {
        sku: sum(each["quantity"] for each in sale["line_items"] if each["sku"] == sku) for sku in ("MUG", "TRAY")
    }
    assert counted == {"MUG": 13, "TRAY": 7}
    assert sale["total"] == body.total


def test_a_quote_taken_without_a_network_is_a_draft_in_zoho(zoho, device, firm):
    frozen = big_order(device, firm.customer, Kind.QUOTE)
    device.sync()
    firm.settle()
    device.sync()
    body = bodies.decode("quote", firm.pages(frozen.document.id)[0].body)
    (sale,) = zoho.company.named(body.number)
    assert (sale["status"], sale["total"]) == ("draft", body.total)
    assert device.states() == {body.number: "confirmed"}


def test_a_customer_made_without_a_network_comes_before_their_order(zoho, firm):
    kim = firm.sign_in()
    shop = new_customer(kim, price_list="STANDARD")
    ordered = order(kim, shop.id, line(1, "MUG"))
    zoho.lose.append("POST contacts")
    firm.post(shop, ordered)
    firm.settle()
    (sale,) = zoho.company.named(ordered.number)
    contact = zoho.company.contacts[-1]
    assert (sale["customer_id"], contact["contact_name"]) == (contact["contact_id"], "Corner Shop")
    assert zoho.asked.count("POST contacts") == 1
    assert firm.pages(shop.id)[0].line.external == contact["contact_id"]


def test_after_a_restore_the_order_comes_again_and_makes_no_second_sales_order(zoho, device, firm, tmp_path):
    back_up(firm.folder, tmp_path / "backup")
    (ordered,) = device.order()
    device.sync()
    firm.settle()
    device.sync()
    firm.company.close()
    restore(tmp_path / "backup", firm.folder, uuid7)
    firm.open()
    assert firm.pages(ordered.id) == ()
    device.sign_in()
    device.sync()
    firm.settle()
    assert [page.line.state for page in firm.pages(ordered.id)] == ["confirmed"]
    assert len(zoho.company.papers["salesorders"]) == 1
    assert zoho.asked.count("POST salesorders") == 1


def test_an_item_that_zoho_does_not_know_goes_through_once_it_is_mapped(zoho, firm):
    said = order(firm.sign_in(), firm.customer, line(1, "OLD-MUG"))
    firm.post(said)
    firm.settle()
    (page,) = firm.pages(said.id)
    assert (page.line.state, page.deliveries[0].code) == ("refused", UNKNOWN_ITEM)
    desk = DeliveryDesk(firm.company.store, decided_here(firm.company.store), clock=firm.clock, new_id=uuid7)
    desk.map_item(said.number, "OLD-MUG", "MUG")
    firm.settle()
    assert [each["sku"] for each in zoho.company.named(said.number)[0]["line_items"]] == ["MUG"]
