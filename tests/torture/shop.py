"""A company in this process, its ERP, and devices of its reps; what they were told is saved, and where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.support.rep_device import InProcess, RepDevice, furnish
from tests.support.store_office import QUICK, StoreOffice
from tests.torture.books import Promises, compare
from tests.torture.erp import Erp
from tests.torture.layer import Harm
from wizterm.domain.clock import Clock, SystemClock
from wizterm.domain.document import DocumentId, Kind
from wizterm.server.company import Company, open_company


@dataclass
class ShiftedClock:
    """The machine's, set wrong by as much as is wanted; what counts seconds goes on as before."""

    off: timedelta = timedelta(0)
    waited: float = 0.0
    _true: SystemClock = field(default_factory=SystemClock)

    def now(self) -> datetime:
        return self._true.now() + self.off

    def today(self) -> date:
        return self.now().astimezone().date()

    def monotonic(self) -> float:
        return self._true.monotonic() + self.waited

    def wait(self, seconds: float) -> None:
        """As long passes, on the wall and in every rest."""
        self.off += timedelta(seconds=seconds)
        self.waited += seconds


@dataclass
class Shop:
    folder: Path
    company: Company
    erp: Erp
    office: StoreOffice
    promises: Promises = field(default_factory=Promises)
    devices: list[RepDevice] = field(default_factory=list)

    def device(
        self, name: str, connect: Callable[[], Any] | None = None, *, rep: str = "KIM", clock: Clock | None = None
    ) -> RepDevice:
        """Signed in and in sync; in this process where no other way is given."""
        folder = self.folder / name
        customer = "C1" if rep == "KIM" else "C2"
        way = connect or (lambda: InProcess(lambda: self.company))
        device = RepDevice(folder, way, rep=rep, customer=customer, clock=clock or SystemClock())
        self.devices.append(device.start())
        return device

    def order(self, device: RepDevice, count: int = 1) -> list[DocumentId]:
        """Orders that the screen would have called saved."""
        with closing(device.machine()) as machine:
            return [self.submit(machine, device.customer) for _ in range(count)]

    def submit(self, machine: Any, customer: str) -> DocumentId:
        machine.bench.entry.begin()
        machine.bench.entry.add("MUG", 2)
        machine.bench.entry.choose_customer(customer)
        return self.submit_cart(machine, machine.bench.entry.current().cart.id)

    def submit_cart(self, machine: Any, cart: str) -> DocumentId:
        frozen = machine.bench.submission.submit(cart, Kind.ORDER)
        self.promises.saved(frozen.document.id, frozen.document.revision, frozen.body)
        return frozen.document

    def deliver(self) -> None:
        """To the ERP, as far as it goes."""
        while self.company.dispatcher.step():
            pass

    def harm(self, *, quiet: bool = False) -> Harm:
        folders = [device.folder for device in self.devices]
        return compare(self.promises, folders, self.folder / "server", self.erp.booked, quiet=quiet)


@contextmanager
def opened(folder: Path, clock: Clock | None = None) -> Iterator[Shop]:
    erp = Erp()
    company = _company(folder, erp, clock or SystemClock())
    office = StoreOffice(company.store)
    furnish(office)
    shop = Shop(folder, company, erp, office)
    try:
        yield shop
    finally:
        shop.company.close()


def reopened(shop: Shop) -> None:
    """The company's server starts again, over what lies in its folder now."""
    shop.company = _company(shop.folder, shop.erp, shop.company.clock)
    shop.office = StoreOffice(shop.company.store)


def _company(folder: Path, erp: Erp, clock: Clock) -> Company:
    return open_company(folder / "server", name="Testers & Co", connector=erp, passwords=QUICK, clock=clock)
