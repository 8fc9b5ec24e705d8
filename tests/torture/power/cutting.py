"""A company and a device at work on a simulated disk, and what the shipped code makes of it after a cut."""

from tests.support.rep_device import InProcess, RepDevice, furnish
from tests.support.still_clock import StillClock
from tests.support.store_office import QUICK, StoreOffice
from tests.torture.books import Promises, compare
from tests.torture.erp import Erp
from tests.torture.layer import Harm
from tests.torture.power.disk import Journal, after_cut
from tests.torture.power.simulated import simulated_disk
from wizterm.db.device import DeviceFileError, open_device
from wizterm.domain.records import Frozen
from wizterm.server.company import open_company
from wizterm.server.store.store import StoreError


def company_in(folder, erp, clock):
    return open_company(folder / "server", name="Testers & Co", connector=erp, clock=clock, passwords=QUICK)


def device_in(folder, company, clock):
    return RepDevice(folder / "device", lambda: InProcess(lambda: company), clock=clock)


def worked(root, seeded=""):
    """Founded, signed in, synced; orders taken, sent and booked: all of it on a simulated disk."""
    with simulated_disk(root, journal := Journal(), seeded=seeded):
        clock = StillClock()
        company = company_in(root, Erp(tell=journal.tell), clock)
        furnish(StoreOffice(company.store, clock))
        device = device_in(root, company, clock).start()
        for _ in range(4):
            for frozen in device.submitted(3):
                journal.tell(frozen)
            device.sync()
            while company.dispatcher.step():
                pass
        company.close()
    return journal


def told(journal, at):
    promises = Promises()
    for frozen in (what for what in journal.told(at) if isinstance(what, Frozen)):
        promises.saved(frozen.document.id, frozen.document.revision, frozen.body)
    return promises, [what for what in journal.told(at) if isinstance(what, str)]


def found(journal, at, cut, seed, folder):
    """What the shipped code makes of what is left."""
    after_cut(journal, at, cut=cut, into=folder, seed=seed)
    promises, booked = told(journal, at)
    try:
        open_device(folder / "device").close()
        company_in(folder, Erp(), StillClock()).close()
    except (DeviceFileError, StoreError) as error:
        return Harm(half=(str(error),))
    return compare(promises, [folder / "device"], folder / "server", booked)
