from dataclasses import dataclass

import msgspec
import pytest

from tests.support.documents_making import order
from tests.support.mail_server import MailServer, mail_server
from tests.support.store_office import decided_here
from wizterm.config import Mail
from wizterm.domain.paper_rules import USUAL_PAPERS
from wizterm.server.deliveries import MAILS
from wizterm.server.delivery_desk import DeliveryDesk
from wizterm.server.mail.setup import Post, post

CONTACTS = "number,name,contact,email,price_list,rep\nC1,Corner Shop,Grace Hopper,grace@corner.example,TRADE,KIM\n"


@dataclass
class MailedHouse:
    """A company that mails."""

    house: object
    server: MailServer
    kim: object
    post_office: Post

    def __getattr__(self, name):
        return getattr(self.house, name)

    @property
    def desk(self):
        numbers = iter(range(1000))
        store = self.company.store
        return DeliveryDesk(store, decided_here(store), clock=self.clock, new_id=lambda: f"event-{next(numbers)}")

    def take(self, **more):
        document = msgspec.structs.replace(order(self.kim, "C1"), **more)
        (answer,) = self.post(self.kim, document)
        assert type(answer).__name__ == "Taken"
        return document

    def round(self):
        """Everything that is due, to the ERP and by mail."""
        self.deliver()
        self.mail()

    def deliveries(self, document, revision=1):
        """Targets of mails with their state."""
        page = next(each for each in self.archive.pages(document.id) if each.line.revision == revision)
        return {each.target: each for each in page.deliveries if each.target in MAILS}

    def history(self, document):
        return [event.words for event in self.archive.pages(document.id)[0].history if event.words]


@pytest.fixture(scope="module")
def listening():
    with mail_server() as server:
        yield server


@pytest.fixture
def mails(listening):
    """The module's mail server, with nothing in it."""
    for each in (listening.mails, listening.envelopes, listening.recipients, listening.contents, listening.senders):
        each.clear()
    listening.taken.clear()
    listening.before_answer = None
    return listening


def settings(server, **more):
    usual = {"host": "127.0.0.1", "port": server.port, "security": "none", "sender": "Testers <orders@testers.example>"}
    return Mail(**usual | {"rep": "never", "attach": False} | more)


@pytest.fixture
def mailing(open_house, mails):
    """Opens a company that mails as these settings say: by themselves to the customer alone, after the yes."""

    def open_(**more):
        way = post(settings(mails, **more), USUAL_PAPERS, "Testers & Co")
        house = open_house(way)
        house.office.load(customers=CONTACTS)
        house.office.reps.write_to("KIM", "kim@testers.example")
        return MailedHouse(house, mails, house.sign_in("KIM"), way)

    return open_


@pytest.fixture
def house(mailing):
    return mailing()
