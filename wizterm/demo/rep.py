"""The rep's device in the story: a process of its own that takes commands, one a line, and can be killed.

`python -m wizterm.demo.rep FOLDER ADDRESS JOURNAL` answers each command with one JSON line.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import SimpleQueue

import msgspec

from wizterm.demo.journal import Entry, JournalledDocuments
from wizterm.demo.stage import PASSWORD, StuckError
from wizterm.domain.clock import SystemClock
from wizterm.domain.customer import Address, NewCustomer
from wizterm.domain.document import Kind
from wizterm.domain.ids import uuid7
from wizterm.domain.quantity import counted
from wizterm.services.catalogue import Offer
from wizterm.services.door import Door
from wizterm.services.line import Line
from wizterm.services.machine import Machine
from wizterm.services.options import OptionsWantedError
from wizterm.services.outlook import Outlook
from wizterm.services.words import plain_reason
from wizterm.services.workbench import Workbench
from wizterm.sync.client import HttpClient
from wizterm.sync.route import way_to

PATIENCE = 90.0
"""Seconds for whatever a command waits for."""


class Answer(msgspec.Struct):
    said: str
    more: bool = False
    """Whether the command goes on: this is its progress."""


class Device:
    def __init__(self, folder: Path, address: str, journal: Path) -> None:
        self._clock = SystemClock()
        self._outlook = Outlook()
        self._halt = False
        door = Door(folder, connect=HttpClient, clock=self._clock, new_id=uuid7, folder=folder)
        door.sign_in(address, "KIM", PASSWORD)
        self._machine = Machine(folder, clock=self._clock, new_id=uuid7)
        self._bench = self._with_journal(self._machine.bench, journal)
        self._line: Line = self._machine.start_line(
            connect=lambda: HttpClient(address), route=way_to(address), pull_every=3600.0, tell=self._look_out
        )

    def answer(self, command: str, *words: str) -> str:
        """Do what the story says."""
        doings: dict[str, Callable[..., str]] = {
            "sync": self._sync,
            "order": partial(self._document, Kind.ORDER),
            "quote": partial(self._document, Kind.QUOTE),
            "customer": self._new_customer,
            "die": self._begin_and_never_end,
            "left": self._left_behind,
            "deliver": self._deliver,
            "stop": self._stop,
        }
        return doings[command](*words)

    def _sync(self) -> str:
        self._line.now()
        self._wait(lambda: self._bench.preferences.synced_once and self._outlook.progress is None)
        products = self._bench.search.page("", None).found
        return f"{products:,} products and {self._bench.customers.count():,} customers are on this machine"

    def _document(self, kind: Kind, place: str, customer: str = "") -> str:
        """An order or quote for the customer at this place, of what they bought before."""
        chosen = customer or self._bench.customers.find("")[int(place) * 7].id
        self._fill(chosen, int(place))
        frozen = self._bench.submission.submit(self._bench.entry.current().cart.id, kind)
        return f"{kind} {frozen.number} for {frozen.customer_name}, {frozen.currency} {frozen.total}: saved"

    def _new_customer(self) -> str:
        new = NewCustomer(
            company="Harbour Lights & Daughters",
            contact="Grace O’Malley",
            email="grace@harbour-lights.example",
            billing=Address("3 Quay Street", "Galway", "H91 X0P1", "IE"),
            payment_terms="30 days",
        )
        made = self._bench.submission.new_customer(new)
        self._document(Kind.ORDER, "3", made.id)
        return f"a new customer, {made.name}, and an order for them: saved"

    def _begin_and_never_end(self, place: str) -> str:
        """Stop half way through a submit and wait there: for the plug to be pulled."""
        self._halt = True
        return self._document(Kind.ORDER, place)

    def _left_behind(self) -> str:
        """After a restart: submit the cart that the crash left as it was."""
        view = self._bench.entry.current()
        if not view.cart.lines:
            return "nothing was left half way"
        frozen = self._bench.submission.submit(view.cart.id, Kind.ORDER)
        return f"the cart stood as it was, {counted(len(view.cart.lines), 'line')}; order {frozen.number}: saved"

    def _deliver(self) -> str:
        """Wait until the company has everything and the ERP has confirmed it."""
        self._line.now()
        total = sum(self._bench.documents.counts().values())
        shown = -1
        while (confirmed := self._outlook.confirmed) < total:
            if confirmed != shown:
                sent = self._outlook.sent
                tell(Answer(f"waiting {total - sent - confirmed}, sent {sent}, confirmed {confirmed}", more=True))
                shown = confirmed
            if not self._outlook.waiting:
                self._line.now()
            time.sleep(0.25)
        return f"all {total} confirmed"

    def _stop(self) -> str:
        self._line.stop()
        self._machine.close()
        return "stopped"

    def _fill(self, customer: str, place: int) -> None:
        """Put what the customer bought before into a fresh cart; the best sellers where that is nothing."""
        entry = self._bench.entry
        entry.begin()
        entry.choose_customer(customer)
        offers = [
            offer for offer in self._offers(customer) if offer.price is not None and not offer.product.discontinued
        ]
        for offer in offers[place % 5 : place % 5 + 6]:
            try:
                view = entry.add(offer.product.sku, offer.product.rule.least * (1 + place % 3) * 4)
            except OptionsWantedError:  # somebody would have to choose
                continue
            line = view.cart.lines[-1]
            if line.misfit is not None:
                entry.count(line.id, f"{line.rule.round_up(line.quantity):f}")
        while entry.current().short:
            entry.step(entry.current().cart.lines[0].id, 1)

    def _offers(self, customer: str) -> list[Offer]:
        known = self._bench.customers.get(customer)
        page = self._bench.search.page("", known)
        return sorted(page.offers, key=lambda offer: offer.bought is None)

    def _with_journal(self, bench: Workbench, journal: Path) -> Workbench:
        documents = JournalledDocuments(self._machine.database)
        documents.journal, documents.halfway = journal, self._halfway
        bench.documents = documents
        return bench

    def _halfway(self, entry: Entry) -> None:
        if self._halt:
            tell(Answer(f"{entry.number} is written to the journal and not committed yet", more=True))
            time.sleep(PATIENCE)

    def _look_out(self, outlook: Outlook) -> None:
        self._outlook = outlook

    def _wait(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > end:
                raise StuckError(
                    f"Nothing happened for {PATIENCE:.0f} s. The device is {self._outlook.words.lower()}. "
                    f"{self._outlook.detail}"
                )
            time.sleep(0.05)


def tell(answer: Answer) -> None:
    sys.stdout.write(msgspec.json.encode(answer).decode() + "\n")
    sys.stdout.flush()


def story_told() -> SimpleQueue[str]:
    """Its commands as they come. Once it says no more this process is gone at once, whatever it is about.

    So it goes with a story that was killed.
    """
    said: SimpleQueue[str] = SimpleQueue()

    def listen() -> None:
        with open(0, "rb", buffering=0, closefd=False) as story:
            for line in story:
                said.put(line.decode())
        os._exit(0)

    threading.Thread(target=listen, name="story", daemon=True).start()
    return said


def main() -> None:
    folder, address, journal = sys.argv[1:]
    said = story_told()
    try:
        device = Device(Path(folder), address, Path(journal))
        tell(Answer("ready"))
        while True:
            tell(Answer(device.answer(*said.get().split())))
    except Exception as error:  # noqa: BLE001 - said here, because the line's threads would keep the process
        sys.stderr.write(f"{plain_reason(error) or traceback.format_exc()}\n")
        sys.stderr.flush()
        os._exit(1)


if __name__ == "__main__":
    main()
