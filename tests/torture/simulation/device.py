"""One machine of a rep: the shipped services, sender and conductor, started and restarted, one step after another."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.support.store_office import PASSWORD
from tests.torture.books import Promises, documents
from tests.torture.simulation.network import ADDRESS, Network
from tests.torture.simulation.timetable import LocalClock
from wizterm.db.device import FILE, setting
from wizterm.db.document_feed import CONTACT
from wizterm.domain.ids import NewId
from wizterm.queue.sender import Summary
from wizterm.services.door import Door, SignInError
from wizterm.services.errands import Errands
from wizterm.services.machine import Machine
from wizterm.sync.connectivity import Connectivity
from wizterm.sync.status import SyncStatus

PULL_EVERY = 3600.0
SIGHTS = 4
SIGNS_IN = 0.5
"""How often a rep who reads that a sign-in is needed, does so before the next look."""


@dataclass
class Parting:
    """A device and its copy, until the server has told them apart: each has to be seen between two sights of the other.

    A rep who makes documents before that makes them under the same numbers, as is known.
    """

    _seen: list[str] | None

    @property
    def over(self) -> bool:
        return self._seen is None or len(self._seen) > SIGHTS

    def met(self, name: str) -> None:
        if self._seen is not None and self._seen[-1:] != [name]:
            self._seen.append(name)


class SimulatedDevice:
    def __init__(
        self,
        folder: Path,
        network: Network,
        *,
        customers: list[str],
        clock: LocalClock,
        new_id: NewId,
        chance: Random,
        wake: Callable[[float], object],
    ) -> None:
        """`wake` asks to be looked after again in so many seconds."""
        self.folder = folder
        self.network = network
        self.clock = clock
        self.customers = customers
        """Whom its rep orders for."""
        self.promises = Promises()
        self.said: list[SyncStatus] = []
        """What the status line has shown."""
        self.running = False
        self.parting = Parting(None)
        self._new_id = new_id
        self._chance = chance
        self._wake = wake

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def rep(self) -> str:
        return self.name.partition("-")[0].upper()

    @property
    def installation(self) -> str:
        return self.machine.identity.installation

    def start(self) -> None:
        """As a start of the program: what a crash left is taken up again."""
        self.machine = Machine(self.folder, clock=self.clock, new_id=self._new_id)
        self.errands = Errands(
            self.folder,
            self.machine.database,
            connect=self.network.client,
            clock=self.clock,
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
        self.running = True
        self.sender.recover()
        self._wake(0.0)

    def stop(self) -> None:
        self.running = False
        self.machine.close()

    def look_after(self) -> None:
        """What the threads would do now: look, send, hear, fetch; and what the rep does about a sign-in that ended."""
        if not self.running:
            return
        if self.conductor.status.connectivity is Connectivity.SIGN_IN_NEEDED and self._chance.random() < SIGNS_IN:
            self._sign_in()
        shown = setting(self.machine.database, CONTACT)
        rest = self.conductor.once()
        if setting(self.machine.database, CONTACT) != shown:
            self.parting.met(self.name)
        self.machine.bench.handover.unpack()
        if rest is not None:
            self._wake(rest)

    def send(self) -> None:
        if self.running:
            self._send()

    def sign_out(self) -> None:
        if self.running:
            self._door().lock(self.folder)
            self._wake(0.0)

    def copied(self, copy: SimulatedDevice) -> None:
        """Another machine has its files from now on; it was off while they were copied."""
        self.stop()
        shutil.copytree(self.folder, copy.folder)
        copy.promises = Promises(dict(self.promises.bodies))
        self.parting = copy.parting = Parting([])
        self.start()
        copy.start()

    def promised(self) -> None:
        """Whatever the rep was shown as saved is a promise from here on."""
        for (document, revision), held in documents(self.folder / FILE).items():
            if (document, revision) not in self.promises.bodies:
                self.promises.saved(document, revision, held.body)

    def acted(self) -> None:
        """Something waits to be sent, perhaps."""
        self.promised()
        self._wake(0.0)

    def _sign_in(self) -> None:
        """And the program opens the folder anew, as it does then."""
        try:
            self._door().sign_in(ADDRESS, self.rep, PASSWORD)
        except SignInError:
            return
        self.stop()
        self.start()

    def _door(self) -> Door:
        return Door(
            self.folder.parent,
            connect=lambda _: self.network.client(),
            clock=self.clock,
            new_id=self._new_id,
            folder=self.folder,
        )

    def _send(self) -> str:
        rest = self.sender.once()
        if rest is not None:
            self._wake(rest)
        return self.sender.stopped

    def _sent(self, summary: Summary) -> None:
        self.conductor.sending(now=summary.sending)
