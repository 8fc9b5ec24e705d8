"""A company's server with a real connector behind it, and an order of some difficulty taken on a rep's device."""

from contextlib import closing
from uuid import uuid4

from tests.support.documents_making import batch
from tests.support.store_office import PASSWORD, QUICK, StoreOffice
from wizterm.connectors.pulling import Pull
from wizterm.domain.details import Details
from wizterm.domain.document import Kind
from wizterm.protocol.session import SignIn
from wizterm.server import reps
from wizterm.server.archive import Archive
from wizterm.server.company import open_company
from wizterm.server.dispatch.dispatcher import LONGEST_REST
from wizterm.server.in_process import ServerProtocol
from wizterm.server.pulling.puller import Puller


class Firm:
    """Its catalogue comes out of the ERP; `customer` is one of its numbers there, and Kim's."""

    def __init__(self, folder, connector, clock, customer="C1"):
        self.folder, self.connector, self.clock, self.customer = folder, connector, clock, customer
        self.device = str(uuid4())
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
            reps.assign(writing, "KIM", self.customer)
        return self

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

    def pages(self, document):
        return Archive(self.company.store).pages(document)

    def page(self, document):
        (page,) = self.pages(document)
        return page

    def state(self, document):
        line = self.page(document).line
        return line.state, line.external


def big_order(device, customer="C1", kind=Kind.ORDER):
    """Two lines, a discount on one and one on the whole, a number of the customer's own. Asks no server."""
    with closing(device.machine()) as machine:
        bench = machine.bench
        bench.entry.choose_customer(customer)
        bench.entry.add("MUG", 13)
        view = bench.entry.add("TRAY", 7)
        bench.discounting.line_percent(view.cart.lines[0].id, "7.5")
        bench.discounting.cart_percent("3")
        bench.entry.detail(Details(po_number="PO-9"), "Back door")
        return bench.submission.submit(bench.entry.current().cart.id, kind)
