"""The whole way: a catalogue out of Tryton, an order on a rep's device, a sale in Tryton, over a line that loses."""

import msgspec
import pytest

from tests.support.cutting_proxy import CuttingProxy
from tests.support.documents_making import line, new_customer, order
from tests.support.firm import Firm, big_order
from tests.support.rep_device import InProcess, RepDevice
from tests.support.still_clock import StillClock
from tests.support.store_office import decided_here
from tests.support.tryton_fixture import GROUP, tryton_connector
from wizterm.connectors.base import UNKNOWN_ITEM
from wizterm.domain.ids import uuid7
from wizterm.protocol import bodies
from wizterm.server.delivery_desk import DeliveryDesk
from wizterm.server.store.backing_up import back_up, restore

pytestmark = GROUP
ANSWERS = [f"model.sale.sale.{method}" for method in ("create", "quote", "confirm")]


@pytest.fixture(scope="module")
def office(tryton):
    return tryton.office


@pytest.fixture
def lossy(tryton):
    with CuttingProxy(tryton.port).open() as proxy:
        yield proxy


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def firm(tryton, tmp_path, lossy, clock):
    made = Firm(tmp_path / "server", tryton_connector(tryton, tmp_path, address=lossy.address), clock)
    made.furnish()
    yield made
    made.company.close()


@pytest.fixture
def device(tmp_path, firm, clock):
    return RepDevice(tmp_path / "kim", lambda: InProcess(lambda: firm.company), clock=clock).start()


def test_an_order_is_one_sale_with_the_same_figures_though_every_answer_was_lost_once(device, firm, lossy, office):
    lossy.cut += ANSWERS
    frozen = big_order(device)
    device.sync()
    firm.settle()
    device.sync()
    body = bodies.decode("order", firm.pages(frozen.document.id)[0].body)
    (sale,) = office.sales_of(body.id)
    assert lossy.lost == ANSWERS
    assert device.states() == {body.number: "confirmed"}
    assert (sale["state"], sale["reference"], sale["comment"]) == ("processing", "PO-9", "Back door")
    sold = {each["product."]["code"]: (each["quantity"], each["base_price"], each["amount"]) for each in sale["lines."]}
    agreed = {line.sku: (float(line.quantity), line.unit_price, line.net - line.cart_discount) for line in body.lines}
    assert sold == agreed
    assert len(sold) == 2
    assert sale["total_amount"] == body.total


def test_after_a_restore_the_order_comes_again_and_makes_no_second_sale(device, firm, office, tmp_path):
    back_up(firm.folder, tmp_path / "backup")
    (ordered,) = device.order()
    device.sync()
    firm.settle()
    device.sync()
    ((number, before),) = device.states().items()
    (sold,) = office.sales_of(ordered.id)
    firm.company.close()
    restore(tmp_path / "backup", firm.folder, uuid7)
    firm.open()
    assert firm.pages(ordered.id) == ()
    device.sign_in()
    device.sync()
    firm.settle()
    device.sync()
    assert [page.line.state for page in firm.pages(ordered.id)] == ["confirmed"]
    assert firm.pages(ordered.id)[0].line.external == sold["number"]
    assert device.states() == {number: before} == {number: "confirmed"}
    assert office.sales_of(ordered.id) == [sold]


def test_a_customer_whom_tryton_refuses_holds_their_order_until_a_revision_is_taken(firm, office):
    kim = firm.sign_in()
    shop = new_customer(kim, price_list="PL999")
    waiting = order(kim, shop.id, line(1, "MUG"))
    firm.post(shop, waiting)
    firm.settle()
    (refused,), (held,) = firm.pages(shop.id), firm.pages(waiting.id)
    assert refused.line.state == "refused"
    assert refused.line.words
    assert (held.line.state, held.deliveries[0].waits_for) == ("delivered", shop.number)
    assert office.sales_of(waiting.id) == []
    firm.post(msgspec.structs.replace(shop, revision=2, price_list="PL1"))
    firm.settle()
    assert firm.pages(shop.id)[0].line.state == firm.pages(waiting.id)[0].line.state == "confirmed"
    assert [sale["party."]["code"] for sale in office.sales_of(waiting.id)] == [shop.number]


def test_an_item_that_tryton_does_not_know_goes_through_once_it_is_mapped(firm, device, office):
    kim = firm.sign_in()
    said = order(kim, "C1", line(1, "OLD-MUG"))
    firm.post(said)
    firm.settle()
    (page,) = firm.pages(said.id)
    assert (page.line.state, page.deliveries[0].code) == ("refused", UNKNOWN_ITEM)
    DeliveryDesk(firm.company.store, decided_here(firm.company.store), clock=firm.clock, new_id=uuid7).map_item(
        said.number, "OLD-MUG", "MUG"
    )
    firm.settle()
    (sale,) = office.sales_of(said.id)
    assert sale["lines."][0]["product."]["code"] == "MUG"
