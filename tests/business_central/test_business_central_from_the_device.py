"""The whole way: a catalogue out of Business Central, an order on a device, a sales order there, and lost answers."""

from contextlib import closing
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.support.business_central_fixture import business_central_connector
from tests.support.documents_making import batch, cancellation, line, new_customer, order
from tests.support.rep_device import InProcess, RepDevice
from tests.support.still_clock import StillClock
from tests.support.store_office import PASSWORD, QUICK, StoreOffice, decided_here
from wizterm.connectors.base import UNKNOWN_ITEM
from wizterm.connectors.pulling import Pull
from wizterm.domain.details import Details
from wizterm.domain.document import Kind, key
from wizterm.domain.ids import uuid7
from wizterm.protocol import bodies
from wizterm.protocol.session import SignIn
from wizterm.server import reps
from wizterm.server.archive import Archive
from wizterm.server.company import open_company
from wizterm.server.delivery_desk import DeliveryDesk
from wizterm.server.dispatch.dispatcher import LONGEST_REST
from wizterm.server.in_process import ServerProtocol
from wizterm.server.pulling.puller import Puller
from wizterm.server.store.backing_up import back_up, restore


@pytest.fixture
def clock():
    return StillClock()


class Firm:
    """The server of a company that keeps its books in Business Central."""

    def __init__(self, folder, connector, clock):
        self.folder, self.connector, self.clock, self.device = folder, connector, clock, str(uuid4())
        self.open()

    def open(self):
        kept = {"connector": self.connector, "clock": self.clock, "passwords": QUICK}
        self.company = open_company(self.folder, name="Testers & Co", **kept)

    def furnish(self):
        StoreOffice(self.company.store).reps.add("KIM", "Kim of Sales", PASSWORD, ())
        puller = Puller(self.company.store, self.connector, clock=self.clock, minutes=15)
        for what in Pull:
            puller.pull(what)
        with self.company.store.writing() as writing:
            reps.assign(writing, "KIM", "C1")

    def settle(self):
        """Until nothing is due, however long the rests."""
        while self.company.dispatcher.rest() != float("inf"):
            self.clock.go_on(LONGEST_REST)
            while self.company.dispatcher.step():
                pass

    def sign_in(self):
        """Anew for each batch: the clock goes on for hours."""
        return ServerProtocol(self.company).sign_in(SignIn(rep="KIM", password=PASSWORD, device=self.device))

    def post(self, *documents):
        ServerProtocol(self.company).post_documents(self.sign_in().access_token, batch(*documents))

    def state(self, document):
        line = self.page(document).line
        return line.state, line.external

    def page(self, document):
        (page,) = Archive(self.company.store).pages(document)
        return page


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


def big_order(device):
    """Two lines, a discount on one and one on the whole, a number of the customer's own."""
    with closing(device.machine()) as machine:
        bench = machine.bench
        bench.entry.choose_customer("C1")
        bench.entry.add("MUG", 13)
        view = bench.entry.add("TRAY", 7)
        bench.discounting.line_percent(view.cart.lines[0].id, "7.5")
        bench.discounting.cart_percent("3")
        bench.entry.detail(Details(po_number="PO-9"), "Back door")
        return bench.submission.submit(bench.entry.current().cart.id, Kind.ORDER)


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
