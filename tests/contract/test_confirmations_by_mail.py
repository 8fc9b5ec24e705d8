"""From an order on a device to the customer's mail, and back to the rep's screen."""

from email import message_from_bytes, policy

import pytest

from tests.support.rep_device import InProcess, RepDevice, furnish
from tests.support.scripted_erp import ScriptedErp
from tests.support.still_clock import StillClock
from tests.support.store_office import QUICK, StoreOffice
from wizterm.config import Mail
from wizterm.connectors.base import Refused
from wizterm.domain.paper_rules import USUAL_PAPERS
from wizterm.server.company import open_company
from wizterm.server.mail.setup import post

CUSTOMERS = "number,name,contact,email,price_list,rep\nC1,Corner Shop,Grace,{},TRADE,KIM\n"


class Shop:
    """A rep's device, and a company that mails into a folder."""

    def __init__(self, folder):
        self.clock, self.erp, self.folder = StillClock(), ScriptedErp(), folder / "mails"
        way = post(Mail(folder=str(self.folder), sender="orders@testers.example"), USUAL_PAPERS, "Testers & Co")
        self.company = open_company(
            folder / "server", name="Testers & Co", connector=self.erp, clock=self.clock, passwords=QUICK, post=way
        )
        self.office = StoreOffice(self.company.store, self.clock)
        furnish(self.office)
        self.knows("grace@corner.example")
        line = InProcess(lambda: self.company)
        self.kim = RepDevice(folder / "kim", lambda: line, clock=self.clock).start()

    def knows(self, email):
        self.office.load(customers=CUSTOMERS.format(email))

    def round(self):
        """The device sends, the company delivers and mails, the device hears."""
        assert self.kim.sync().complete
        for dispatcher in (self.company.dispatcher, *self.company.mailers):
            while dispatcher.step():
                pass
        assert self.kim.sync().complete

    def mailed(self, to="mail-customer"):
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in self.folder.glob(f"*{to}.eml")]

    def told(self):
        """What stands in the history of the device's documents, in words."""
        return [words for (words,) in self.kim.query("SELECT words FROM document_event ORDER BY position") if words]


@pytest.fixture
def shop(tmp_path):
    shop = Shop(tmp_path)
    yield shop
    shop.company.close()


def test_the_rep_reads_that_the_confirmation_was_mailed_and_to_whom(shop):
    shop.kim.order()
    shop.round()
    (mail,) = shop.mailed()
    assert mail["To"] == "Grace <grace@corner.example>"
    assert shop.told() == ["Confirmation mailed to grace@corner.example"]
    assert set(shop.kim.states().values()) == {"confirmed"}
    shop.round()
    assert len(shop.mailed()) == len(shop.told()) == 1


def test_the_rep_reads_why_none_was_mailed_and_nothing_is_called_refused(shop):
    shop.knows("")
    shop.kim.sync()
    shop.kim.order()
    shop.round()
    (said,) = shop.told()
    assert said.startswith("No confirmation was mailed: the customer has no e-mail address")
    assert set(shop.kim.states().values()) == {"confirmed"}


def test_a_refused_order_brings_no_word_of_a_mail(shop):
    shop.erp.answers.append(Refused("blocked"))
    shop.kim.order()
    shop.round()
    assert shop.mailed() == []
    assert shop.told() == ["blocked"]


def test_the_mail_bears_the_figures_that_the_rep_agreed_to(shop):
    shop.kim.order()
    shop.round()
    said = shop.mailed()[0].get_body(("plain",)).get_content()
    ((number, total),) = shop.kim.query("SELECT number, total FROM document")
    assert number in said
    assert total in said
