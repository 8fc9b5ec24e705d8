"""A company with a busy morning behind it, and the office's screen over it: a clock that stands still, no network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from tests.support.documents_making import batch, line, new_customer, order
from tests.support.scripted_erp import ScriptedErp
from tests.support.settling import Settling
from tests.support.still_clock import StillClock
from tests.support.store_office import PASSWORD, QUICK, StoreOffice
from wizterm.connectors.base import Done, Later, Refused, Unknown
from wizterm.office.app import OfficeApp
from wizterm.protocol.session import Session, SignIn
from wizterm.server.company import Company, open_company
from wizterm.server.deciding import Actor
from wizterm.server.in_process import ServerProtocol
from wizterm.server.office import Door, Office

LISTS = "id,name,currency,default\nTRADE,Trade,GBP,yes\nFAIR,Trade fair,GBP,no\n"
PRODUCTS = "sku,name\n85123A,White hanging heart t-light holder\n22423,Regency cakestand 3 tier\n"
PRICES = "price_list,sku,price\nTRADE,85123A,2.95\nTRADE,22423,2.95\n"
CUSTOMERS = "number,name,price_list,rep\n12923,The Paper Lantern,TRADE,KIM\n12924,Café Ost,TRADE,KIM;LEE\n"
BEGUN = datetime(2026, 3, 2, 9, tzinfo=UTC)
IDLE = timedelta(minutes=15)
TESS = Actor("Tess")
"""On the server's own host."""
OFFICE_PASSWORD = "quite a long one"


@dataclass
class Morning:
    """What the tests' company has been through."""

    company: Company
    clock: StillClock
    erp: ScriptedErp
    session: Session
    numbers: dict[str, str] = field(default_factory=dict)
    """Of a document in each condition."""
    made: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def server(self) -> ServerProtocol:
        return ServerProtocol(self.company)

    @property
    def door(self) -> Door:
        return Door(self.company.store, QUICK, clock=self.clock, new_id=lambda: f"office-{next(self.made)}")

    @property
    def office(self) -> Office:
        return self.door.let_in(TESS)

    def send(
        self, name: str, *, sku: str = "85123A", answer: Any = None, customer: str = "12923", **other: Any
    ) -> None:
        """An order that the ERP answers so; without an answer nobody has tried it."""
        document = order(self.session, customer, line(1, sku, 24, "2.95"), **(self._said() | other))
        self._post(name, document, answer)

    def send_customer(self, name: str) -> str:
        document = new_customer(self.session, "Bergmann & Töchter", **self._said())
        self._post(name, document, None)
        return document.id

    def _said(self) -> dict[str, Any]:
        """What a device says of each document: its day is that of the clock, also where that is today's."""
        place = next(self.made)
        return {
            "id": f"0190a0{place:02x}-0000-7000-8000-000000000000",
            "number": f"KIM-10-{place:04d}",
            "submitted_at": self.clock.now(),
            "business_date": self.clock.now().date(),
        }

    def _post(self, name: str, document: Any, answer: Any) -> None:
        self.server.post_documents(self.session.access_token, batch(document))
        self.numbers[name] = document.number
        if answer is not None:
            self.erp.answers.append(answer)
            self.company.dispatcher.step()
        self.clock.go_on(60)


@contextmanager
def morning(folder: Path, begun: datetime = BEGUN) -> Iterator[Morning]:
    """Two reps, a device, and a document in each condition the office meets."""
    erp, clock, ids = ScriptedErp(), StillClock(begun), count(1)
    company = open_company(
        folder,
        name="Northwind Gifts",
        connector=erp,
        clock=clock,
        new_id=lambda: f"0190a000-0000-7000-9000-{next(ids):012d}",
        passwords=QUICK,
    )
    with closing(company):
        office = StoreOffice(company.store, clock)
        office.load(price_lists=LISTS, products=PRODUCTS, prices=PRICES)
        office.rep("KIM", "FAIR")
        office.rep("LEE")
        office.load(customers=CUSTOMERS)
        asked = SignIn(rep="KIM", password=PASSWORD, device="0190a000-0000-7000-8000-00000000000a", device_name="Van 3")
        yield Morning(company, clock, erp, ServerProtocol(company).sign_in(asked))


def busy(morning: Morning) -> Morning:
    morning.send("confirmed", answer=Done("SO-4711"))
    morning.send("refused", sku="22423", answer=Refused("No item 22423.", "lines[0].sku", code="unknown_item"))
    morning.send("resting", answer=Later(900, "The ledger is closed for the night."))
    morning.send("uncertain", answer=Unknown("No answer within 60 s."), customer="12924")
    customer = morning.send_customer("customer")
    morning.send("behind", customer=customer)
    morning.server.document_changes(morning.session.access_token, "", "", 2)
    morning.clock.go_on(3600)
    return morning


class Watched(Settling, OfficeApp):
    """The office's app, with an ear for what it says."""

    def __init__(self, morning: Morning, *, sign_in: bool = False) -> None:
        super().__init__(morning.door, company="Northwind Gifts", who=None if sign_in else TESS, idle=IDLE)
        self.said: list[str] = []

    def notify(self, message: str, **options: Any) -> None:
        self.said.append(message)
        super().notify(message, **options)
