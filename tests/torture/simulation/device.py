"""One rep with a machine: the shipped services, sender and conductor, started and restarted, one step after another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.support.still_clock import StillClock
from tests.torture.books import Promises, documents
from tests.torture.simulation.network import Network
from wizterm.db.device import FILE
from wizterm.domain.customer import NewCustomer
from wizterm.domain.document import Kind, State
from wizterm.domain.ids import NewId
from wizterm.queue.sender import Summary
from wizterm.services.errands import Errands
from wizterm.services.machine import Machine
from wizterm.services.words import plain_reason
from wizterm.sync.status import SyncStatus

PULL_EVERY = 3600.0
SKUS = ("MUG", "TRAY", "HAT")


class SimulatedDevice:
    def __init__(
        self,
        folder: Path,
        network: Network,
        *,
        customer: str,
        clock: StillClock,
        new_id: NewId,
        chance: Random,
        wake: Callable[[float], object],
    ) -> None:
        """`wake` asks to be looked after again in so many seconds."""
        self.folder = folder
        self.network = network
        self.promises = Promises()
        self.said: list[SyncStatus] = []
        """What the status line has shown."""
        self._customers = [customer]
        self._clock = clock
        self._new_id = new_id
        self._chance = chance
        self._wake = wake
        self._running = False

    @property
    def name(self) -> str:
        return self.folder.name

    def start(self) -> None:
        """As a start of the program: what a crash left is taken up again."""
        self.machine = Machine(self.folder, clock=self._clock, new_id=self._new_id)
        self.errands = Errands(
            self.folder,
            self.machine.database,
            connect=self.network.client,
            clock=self._clock,
            new_id=self._new_id,
            progress=lambda _: None,
            stopping=lambda: False,
        )
        self.sender = self.errands.sender(
            may_send=lambda: self.conductor.online,
            epoch=lambda: self.conductor.status.sight.epoch,
            on_change=self._sent,
        )
        self.conductor = self.errands.conductor(send=self._send, pull_every=PULL_EVERY, on_status=self.said.append)
        self._running = True
        self.sender.recover()
        self._wake(0.0)

    def stop(self) -> None:
        self._running = False
        self.machine.close()

    def look_after(self) -> None:
        """What the threads would do now: look, send, hear, fetch."""
        if self._running:
            rest = self.conductor.once()
            if rest is not None:
                self._wake(rest)

    def send(self) -> None:
        if self._running:
            self._send()

    def act(self) -> str:
        """Something a rep does, drawn by chance; gives what came of it."""
        if not self._running:
            return "is off"
        does = self._chance.choices(list(_DOES), weights=[weight for weight, _ in _DOES.values()])[0]
        try:
            said = _DOES[does][1](self)
        except Exception as error:
            if plain_reason(error) is None:
                raise
            said = f"no: {type(error).__name__}"
        self._promised()
        self._wake(0.0)
        return f"{does}: {said}"

    def _send(self) -> None:
        rest = self.sender.once()
        if rest is not None:
            self._wake(rest)

    def _sent(self, summary: Summary) -> None:
        self.conductor.sending(now=summary.sending)

    def _promised(self) -> None:
        """Whatever the rep was shown as saved is a promise from here on."""
        for (document, revision), held in documents(self.folder / FILE).items():
            if (document, revision) not in self.promises.bodies:
                self.promises.saved(document, revision, held.body)

    def _order(self, kind: Kind = Kind.ORDER) -> str:
        entry = self.machine.bench.entry
        entry.begin(self._chance.choice(self._customers))
        for _ in range(self._chance.randint(1, 4)):
            entry.add(self._chance.choice(SKUS), self._chance.randint(1, 30))
        frozen = self.machine.bench.submission.submit(entry.current().cart.id, kind)
        self.promises.saved(frozen.document.id, frozen.document.revision, frozen.body)
        return frozen.number

    def _quote(self) -> str:
        return self._order(Kind.QUOTE)

    def _customer(self) -> str:
        made = self.machine.bench.submission.new_customer(
            NewCustomer(company=f"Shop {self._chance.randint(1, 999)}", contact="Ann", email="ann@shop.example")
        )
        self._customers.append(made.id)
        return made.name

    def _hold(self) -> str:
        waiting = self.machine.bench.documents.page(states=frozenset({State.QUEUED}))
        return (
            str(self.machine.bench.outgoing.hold_or_release(self._chance.choice(waiting).document)) if waiting else ""
        )

    def _cancel(self) -> str:
        page = self.machine.bench.documents.page(kinds=frozenset({Kind.ORDER, Kind.QUOTE}))
        return self.machine.bench.taking_back.cancel(self._chance.choice(page).document) if page else ""

    def _revise(self) -> str:
        bench = self.machine.bench
        page = bench.documents.page(
            states=frozenset({State.REFUSED, State.DELIVERED}), kinds=frozenset({Kind.ORDER, Kind.QUOTE})
        )
        if not page:
            return ""
        paper = self._chance.choice(page)
        bench.again.revise(paper.document)
        bench.entry.add("HAT", 1)
        return bench.submission.submit(bench.entry.current().cart.id, paper.kind).number

    def let_go(self) -> None:
        """Nothing is held any more, so that everything can come to rest."""
        for paper in self.machine.bench.documents.page(states=frozenset({State.QUEUED})):
            if paper.held:
                self.machine.bench.outgoing.hold_or_release(paper.document)


_DOES: dict[str, tuple[int, Callable[[SimulatedDevice], str]]] = {
    "order": (10, SimulatedDevice._order),
    "quote": (2, SimulatedDevice._quote),
    "customer": (2, SimulatedDevice._customer),
    "hold": (2, SimulatedDevice._hold),
    "cancel": (2, SimulatedDevice._cancel),
    "revise": (2, SimulatedDevice._revise),
}
"""How often, and what."""
