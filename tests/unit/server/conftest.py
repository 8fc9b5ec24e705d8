from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from uuid import uuid4

import pytest

from tests.support.documents_making import batch
from tests.support.scripted_erp import ScriptedErp
from tests.support.still_clock import StillClock
from tests.support.store_office import PASSWORD, QUICK, StoreOffice
from wizterm.protocol.changes import DocumentChange
from wizterm.protocol.session import Session, SignIn
from wizterm.server.archive import Archive
from wizterm.server.auth import Caller
from wizterm.server.company import Company, open_company
from wizterm.server.in_process import ServerProtocol

LISTS = "id,name,currency,falls_back_to_base,default\nTRADE,Trade,GBP,no,yes\nEXPORT,Export,EUR,no,no\n"
PRODUCTS = "sku,name\nMUG,Mug\nTRAY,Tray\n"
PRICES = "price_list,sku,min_quantity,price\nTRADE,MUG,1,4.50\nTRADE,MUG,12,4\nTRADE,TRAY,1,12\n"
CUSTOMERS = "number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM\nC2,Market Hall,TRADE,LEE\n"


@dataclass
class House:
    """A company with two reps, three customers and two products, and an ERP that answers by script."""

    company: Company
    clock: StillClock
    erp: ScriptedErp
    office: StoreOffice
    url: str = ""
    """Of its store; none for a file in its folder."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def server(self) -> ServerProtocol:
        return ServerProtocol(self.company)

    @property
    def archive(self) -> Archive:
        return Archive(self.company.store)

    def sign_in(self, code: str = "KIM", device: str = "", password: str = PASSWORD) -> Session:
        return self.server.sign_in(SignIn(rep=code, password=password, device=device or str(uuid4())))

    def post(self, session: Session, *documents):
        return self.server.post_documents(session.access_token, batch(*documents)).answers

    def deliver(self) -> None:
        while self.company.dispatcher.step():
            pass

    def mail(self) -> None:
        for mailer in self.company.mailers:
            while mailer.step():
                pass

    def told(self, session: Session) -> dict[tuple[str, int], DocumentChange]:
        """What the rep's feed says, however old the sign-in."""
        caller = Caller(session.rep, "", session.installation)
        changes = self.company.documents.changes(caller, "").changes
        return {(change.id, change.revision): change for change in changes}


@pytest.fixture
def open_house(tmp_path, store_url):
    """Opens one, with mails where it is given a post."""
    opened = []

    def open_(post=None):
        clock, erp = StillClock(), ScriptedErp()
        company = open_company(
            tmp_path, url=store_url, name="Testers & Co", connector=erp, clock=clock, passwords=QUICK, post=post
        )
        opened.append(company)
        office = StoreOffice(company.store, clock)
        office.rep("KIM")
        office.rep("LEE")
        office.load(price_lists=LISTS, products=PRODUCTS, prices=PRICES, customers=CUSTOMERS)
        return House(company, clock, erp, office, store_url)

    yield open_
    for company in opened:
        company.close()


@pytest.fixture
def house(open_house):
    return open_house()


@pytest.fixture
def kim(house):
    return house.sign_in("KIM")
