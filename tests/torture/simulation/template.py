"""What every world begins with: a company, and devices that have signed in and synced. It is the same each time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

from tests.support.rep_device import InProcess, RepDevice
from tests.support.still_clock import StillClock
from tests.support.store_office import QUICK, StoreOffice
from tests.torture.erp import Erp
from tests.torture.simulation.network import ADDRESS
from tests.torture.simulation.premises import COMPANY
from wizterm.server.company import open_company

FILES = {
    "price_lists": "id,name,currency,default\nTRADE,Trade,GBP,yes\n",
    "products": "sku,name\nMUG,Mug\nTRAY,Tray\nHAT,Hat\n",
    "prices": "price_list,sku,price\nTRADE,MUG,4.5\nTRADE,TRAY,12\nTRADE,HAT,20\n",
    "customers": "number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM\nC2,Market Hall,TRADE,LEE\n",
}
DEVICES = {"kim": "KIM", "kim-2": "KIM", "lee": "LEE"}


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """Where there is one: a simulated world need not wait for a real disk."""
    place = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as folder:
        yield Path(folder)


def make(folder: Path) -> Path:
    names = (str(UUID(int=number)) for number in count(1))
    with patch("wizterm.server.store.founding.uuid7", lambda: next(names)):
        clock = StillClock()
        company = open_company(folder / COMPANY, name="Testers & Co", connector=Erp(), clock=clock, passwords=QUICK)
    with closing(company):
        office = StoreOffice(company.store, clock)
        for rep in sorted(set(DEVICES.values())):
            office.rep(rep)
        office.load(**FILES)
        for name, rep in DEVICES.items():
            RepDevice(folder / name, lambda: InProcess(lambda: company), ADDRESS, rep=rep, clock=clock).start()
    return folder
