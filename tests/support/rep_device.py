"""A rep's device from sign-in to receipt, without a screen: real services over a real folder, one round at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.store_office import PASSWORD, StoreOffice
from wizterm.db.device import open_device, setting
from wizterm.domain.clock import Clock, SystemClock
from wizterm.domain.document import DocumentId, Kind
from wizterm.domain.ids import uuid7
from wizterm.domain.records import Frozen
from wizterm.protocol.faults import Unreachable, UnreachableError
from wizterm.server.company import Company
from wizterm.server.in_process import ServerProtocol
from wizterm.services.door import Door
from wizterm.services.machine import Machine
from wizterm.services.one_round import OneRound, RoundReport

FILES = {
    "price_lists": "id,name,currency,default\nTRADE,Trade,GBP,yes\n",
    "products": "sku,name\nMUG,Mug\n",
    "prices": "price_list,sku,price\nTRADE,MUG,4.5\n",
    "customers": "number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM\nC2,Market Hall,TRADE,LEE\n",
}


def furnish(office: StoreOffice) -> None:
    """One product, a customer each for two reps."""
    office.rep("KIM")
    office.rep("LEE")
    office.load(**FILES)


class InProcess:
    """A client of a company in this process; where `down` is set, nobody answers."""

    def __init__(self, company: Callable[[], Company]) -> None:
        self._company = company
        self.down = False

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            if self.down:
                raise UnreachableError("There is no network.", Unreachable.NO_ROUTE)
            return getattr(ServerProtocol(self._company()), name)(*arguments)

        return call

    def close(self) -> None:
        """It has no connections."""


@dataclass
class RepDevice:
    folder: Path
    connect: Callable[[], Any]
    address: str = "https://orders.company.example"
    rep: str = "KIM"
    customer: str = "C1"
    clock: Clock = field(default_factory=SystemClock)

    @property
    def door(self) -> Door:
        return Door(
            self.folder.parent,
            connect=lambda _: self.connect(),
            clock=self.clock,
            new_id=uuid7,
            folder=self.folder,
        )

    def sign_in(self, password: str = PASSWORD) -> None:
        self.door.sign_in(self.address, self.rep, password)

    def start(self) -> RepDevice:
        """Signed in, and with a catalogue."""
        self.sign_in()
        report = self.sync()
        assert report.complete, report
        return self

    def knows_its_customer(self) -> bool:
        """What another process assigned may come with a later sync."""
        self.sync()
        with closing(self.machine()) as machine:
            return machine.bench.customers.get(self.customer) is not None

    def machine(self) -> Machine:
        return Machine(self.folder, clock=self.clock, new_id=uuid7)

    def sync(self) -> RoundReport:
        with closing(self.machine()) as machine:
            return OneRound(machine, self.connect, lambda _: None).run()

    def order(self, count: int = 1) -> list[DocumentId]:
        return [frozen.document for frozen in self.submitted(count)]

    def submitted(self, count: int) -> Iterator[Frozen]:
        """Orders, each given as soon as its submit has returned."""
        with closing(self.machine()) as machine:
            for _ in range(count):
                machine.bench.entry.add("MUG", 2)
                machine.bench.entry.choose_customer(self.customer)
                yield machine.bench.submission.submit(machine.bench.entry.current().cart.id, Kind.ORDER)

    def states(self) -> dict[str, str]:
        """By number."""
        return dict(self.query("SELECT number, state FROM document ORDER BY number"))

    def history(self, document: DocumentId) -> list[str]:
        wanted = "SELECT state FROM document_event WHERE id = ? ORDER BY position"
        return [state for (state,) in self.query(wanted, document.id)]

    def setting(self, name: str) -> str:
        database = open_device(self.folder)
        try:
            return setting(database, name)
        finally:
            database.close()

    def query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        database = open_device(self.folder)
        try:
            return database.execute_sql(statement, values).fetchall()
        finally:
            database.close()
