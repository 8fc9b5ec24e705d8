"""One process that mails what a store has, for tests that kill it: `… mail_worker.py FOLDER STORE PORT LEASE`."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from wizterm.config import Mail
from wizterm.domain.clock import SystemClock
from wizterm.domain.ids import uuid7
from wizterm.domain.paper_rules import USUAL_PAPERS
from wizterm.server.dispatch.worker import InTurn, Worker
from wizterm.server.mail.mailers import mailers
from wizterm.server.mail.setup import post
from wizterm.server.store.opening import open_store
from wizterm.server.working import until_told


def settings(port: int) -> Mail:
    """To the customer alone, when an order is received."""
    told = {"customer": "received", "rep": "never", "attach": False}
    return Mail(host="127.0.0.1", port=port, security="none", sender="orders@testers.example", **told)


def main(folder: Path, url: str, port: int, lease: float) -> None:
    store = open_store(folder, url)
    way = post(settings(port), USUAL_PAPERS, "Testers & Co")
    mine = mailers(store, way, clock=SystemClock(), new_id=uuid7, chance=random.random)
    for mailer in mine:
        mailer._lease = lease
    worker = Worker(InTurn(*mine))
    worker.start()
    until_told()
    worker.stop()
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
