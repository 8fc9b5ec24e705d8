"""An ERP that counts: a line in a file for every document it is sent, so that what comes twice stands there twice.

Run as a program it is one worker on a store, for tests that kill workers: `… counting_ledger.py FOLDER STORE LEASE`.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

from wizterm.connectors.base import Done, Finding, Missing, Outcome, Outgoing
from wizterm.domain.clock import SystemClock
from wizterm.domain.ids import uuid7
from wizterm.server.dispatch.dispatcher import Dispatcher
from wizterm.server.dispatch.gate import Limits
from wizterm.server.dispatch.worker import Worker
from wizterm.server.store.opening import open_store
from wizterm.server.working import until_told

WORKERS = 16
"""More than are ever started, so that none waits for those that were killed."""


class CountingLedger:
    kinds = frozenset({"order"})

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, document: Outgoing) -> Outcome:
        """One write that appends, which a kill cannot cut in two."""
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, f"{document.key}\n".encode())
        os.close(handle)
        time.sleep(0.001)  # where a real one's answer is on its way, and many kills strike
        return Done(f"L-{document.number}")

    def find(self, document: Outgoing) -> Finding:
        return Done(f"L-{document.number}") if document.key in self.booked() else Missing()

    def booked(self) -> list[str]:
        return self._path.read_text().split() if self._path.exists() else []


def main(folder: Path, url: str, lease: float) -> None:
    store = open_store(folder, url)
    dispatcher = Dispatcher(
        store,
        CountingLedger(folder / "ledger"),
        clock=SystemClock(),
        new_id=uuid7,
        chance=random.random,
        limits=Limits(at_once=WORKERS),
        lease=lease,
    )
    worker = Worker(dispatcher)
    worker.start()
    until_told(_tell)
    worker.stop()
    store.close()


def _tell() -> None:
    sys.stdout.write("begun\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
