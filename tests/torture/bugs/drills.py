"""What a simulated world does not bring: a herd, a clock set back, two senders, a restored server. A second each."""

from __future__ import annotations

from collections import Counter
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.support.outbox_device import SERVER, Device, receipt
from tests.support.rep_device import InProcess, RepDevice, furnish
from tests.support.still_clock import StillClock
from tests.support.store_office import QUICK, StoreOffice
from tests.torture.books import Promises, compare, documents
from tests.torture.erp import Erp
from tests.torture.layer import Harm
from tests.torture.simulation.deaths import DiedError
from wizterm.connectors.base import LEASE_SECONDS, Outcome, Outgoing
from wizterm.db.device import FILE
from wizterm.db.locks import FolderLock
from wizterm.db.outbox import Outbox
from wizterm.db.replay import Replay
from wizterm.domain.ids import uuid7
from wizterm.protocol.backoff import LONGEST, Backoff
from wizterm.protocol.documents import Answers, Batch
from wizterm.protocol.faults import Unreachable, UnreachableError
from wizterm.queue.sender import Sender
from wizterm.server.company import Company, open_company
from wizterm.server.store.backing_up import back_up, restore

HERD = 500
MOST_AT_ONCE = 0.1
"""Of a herd, within one second."""
FAILURES = 6


def herd(_folder: Path) -> Harm:
    """Devices that failed together do not come back together."""
    chance = Random(1)
    knocks: Counter[int] = Counter()
    for _ in range(HERD):
        backoff = Backoff(chance.uniform)
        knocks[int(sum(backoff.next() for _ in range(FAILURES)))] += 1
    second, most = knocks.most_common(1)[0]
    return Harm(half=(f"{most} of {HERD} knock in second {second}",)) if most > HERD * MOST_AT_ONCE else Harm()


def clock_set_back(folder: Path) -> Harm:
    """A rest that was written by a clock ten days ahead is over when the clock is right again."""
    device = Device(folder)
    document = device.submit(1)
    device.clock.at += timedelta(days=10)
    device.outbox.begin(device.outbox.waiting())
    device.outbox.postpone(document, "later", timedelta(seconds=5))
    device.clock.at -= timedelta(days=10)
    device.clock.advance(LONGEST)
    waiting = device.outbox.waiting()
    device.close()
    return Harm() if waiting else Harm(lost=(f"{document} rests for ten days",))


def two_senders(folder: Path) -> Harm:
    """While one process waits for an answer, another sends nothing of the same folder."""
    device, posted = Device(folder), Counter()
    device.submit(1)

    def post(batch: Batch) -> Answers:
        posted.update(envelope.id for envelope in batch.documents)
        if posted.total() == 1:
            sender(folder, post).once()
        return Answers(answers=tuple(receipt(envelope) for envelope in batch.documents))

    sender(folder, post).once()
    device.close()
    return Harm(duplicated=tuple(f"{each} was sent by {times} at once" for each, times in posted.items() if times > 1))


def sender(folder: Path, post) -> Sender:
    device = Device(folder)
    return Sender(
        outbox=Outbox(device.database, device.clock),
        replay=Replay(device.database, device.clock),
        epoch=lambda: "",
        connect=lambda: post,
        server=lambda: SERVER,
        may_send=lambda: True,
        lock=FolderLock(folder / "sender.lock"),
        clock=device.clock,
        jitter=lambda low, _: low,
        on_change=lambda _: None,
    )


class _Deaf(InProcess):
    """The company does what it is asked, and its answers to documents are lost."""

    def post_documents(self, *arguments):
        super().__getattr__("post_documents")(*arguments)
        raise UnreachableError("The line broke.", Unreachable.CUT_OFF)


def cancelled_unheard(folder: Path) -> Harm:
    """An order that has arrived unheard is cancelled: the company hears of that too."""
    clock, erp = StillClock(), Erp()
    with closing(_opened(folder, erp, clock)) as company:
        furnish(StoreOffice(company.store, clock))
        device = RepDevice(folder / "device", lambda: InProcess(lambda: company), clock=clock).start()
        (order,) = device.order(1)
        device.connect = lambda: _Deaf(lambda: company)
        device.sync()
        with closing(device.machine()) as machine:
            machine.bench.taking_back.cancel(order)
        _work(device, company, clock)
    return _in_the_end(folder, erp)


class _Deadly(Erp):
    """Books, and takes the server down before it hears of it; the first time only."""

    def send(self, document: Outgoing) -> Outcome:
        outcome = super().send(document)
        if len(self.booked) == 1:
            raise DiedError("server")
        return outcome


def died_while_booking(folder: Path) -> Harm:
    """A server that dies between the ERP's booking and its answer asks when it is back, and books once."""
    clock, erp = StillClock(), _Deadly()
    company = _opened(folder, erp, clock)
    with closing(company.store):  # and nothing else is closed: the process is gone
        furnish(StoreOffice(company.store, clock))
        device = RepDevice(folder / "device", lambda: InProcess(lambda: company), clock=clock).start()
        device.order(2)
        device.sync()
        with suppress(DiedError):
            company.dispatcher.step()
    with closing(_opened(folder, erp, clock)) as company:
        _work(device, company, clock)
    return _in_the_end(folder, erp)


def restored_server(folder: Path) -> Harm:
    """What was delivered after the backup is offered again, and booked once."""
    clock, erp = StillClock(), Erp()
    device = RepDevice(folder / "device", lambda: None, clock=clock)
    with closing(_opened(folder, erp, clock)) as company:
        furnish(StoreOffice(company.store, clock))
        _work(device, company, clock)
        back_up(folder / "server", folder / "backup")
        device.order(2)
        _work(device, company, clock)
    restore(folder / "backup", folder / "server", uuid7)
    with closing(_opened(folder, erp, clock)) as company:
        _work(device, company, clock)
    return _in_the_end(folder, erp)


def _opened(folder: Path, erp: Erp, clock: StillClock) -> Company:
    return open_company(folder / "server", name="Testers & Co", connector=erp, clock=clock, passwords=QUICK)


def _work(device: RepDevice, company: Company, clock: StillClock) -> None:
    """Everything is sent, booked and heard of."""
    device.connect = lambda: InProcess(lambda: company)
    device.sign_in()
    for _ in range(3):
        clock.go_on(LEASE_SECONDS + 1)
        device.sync()
        while company.dispatcher.step():
            pass
    device.sync()


def _in_the_end(folder: Path, erp: Erp) -> Harm:
    promises = Promises()
    for (document, revision), held in documents(folder / "device" / FILE).items():
        promises.saved(document, revision, held.body)
    return compare(promises, [folder / "device"], folder / "server", erp.booked, quiet=True, heard=True)


DRILLS = {
    "drill: herd": herd,
    "drill: clock set back": clock_set_back,
    "drill: two senders": two_senders,
    "drill: cancelled unheard": cancelled_unheard,
    "drill: restored server": restored_server,
    "drill: died while booking": died_while_booking,
}
