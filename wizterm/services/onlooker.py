"""A terminal beside another one on the same folder: it looks on, and leaves the talking to the first."""

from __future__ import annotations

import threading
from collections.abc import Callable

from peewee import SqliteDatabase

from wizterm.db.documents import Documents
from wizterm.domain.document import UNSENT, State
from wizterm.domain.product import Stock
from wizterm.services.errands import last_sync
from wizterm.services.online_only import OnlineOnlyError
from wizterm.services.outlook import Mood, Outlook

LOOK_EVERY = 5.0
"""Seconds between two looks at what the first terminal has done."""


class Onlooker:
    """`Syncing` that sends and fetches nothing. Its thread tells the outlook as the folder shows it."""

    def __init__(self, database: SqliteDatabase, tell: Callable[[Outlook], object]) -> None:
        self._database = database
        self._documents = Documents(database)
        self._tell = tell
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="onlooker", daemon=True)
        self._thread.start()

    def now(self) -> None:
        self._wake.set()

    def everything(self) -> None:
        self._wake.set()

    def media(self) -> None:
        self._wake.set()

    def submitted(self) -> None:
        self._wake.set()

    def switched(self) -> None:
        self._wake.set()

    def live_stock(self, sku: str) -> Stock | None:
        raise OnlineOnlyError(
            f"The stock of {sku} is asked for in the first terminal on this folder: this one looks on."
        )

    def hand_over(self) -> tuple[str, ...]:
        raise OnlineOnlyError("Carts are handed over in the first terminal on this folder: this one looks on.")

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()
        self._thread.join(2.0)

    def _run(self) -> None:
        while not self._stopping:
            self._tell(self._outlook())
            self._wake.wait(LOOK_EVERY)
            self._wake.clear()
        self._database.close()

    def _outlook(self) -> Outlook:
        counts = self._documents.counts()
        return Outlook(
            mood=Mood.ATTENTION,
            words="Reading only",
            detail="Another WizTerm has this folder open: close it to take orders here.",
            synced_at=last_sync(self._database),
            waiting=sum(counts.get(state, 0) for state in UNSENT),
            sent=counts.get(State.DELIVERED, 0),
            confirmed=counts.get(State.CONFIRMED, 0),
            attention=self._documents.attention(),
        )
