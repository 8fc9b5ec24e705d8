"""Wrong PINs and codes, counted on the disk: closing the program forgives none."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

import msgspec
from peewee import SqliteDatabase

from wizterm.db.device import set_setting, setting
from wizterm.domain.approval import Manager
from wizterm.domain.clock import Clock
from wizterm.domain.patience import Tries
from wizterm.domain.quantity import counted
from wizterm.protocol.decoding import decoded
from wizterm.services.order_entry import EntryError


class PinTries:
    def __init__(self, database: SqliteDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def begin(self, manager: Manager) -> None:
        """Count a try before it is known to be right or wrong. Raises `EntryError` where it comes too soon."""
        now = self._clock.now()
        tries = self._of(manager)
        if tries.last is not None and tries.last > now:
            tries = Tries(tries.count, now)
            self._keep(manager, tries)
        if wait := tries.wait(now):
            wrong = counted(tries.count, "wrong PIN")
            raise EntryError(f"{wrong} for {manager.name}: type the next one in {_span(wait)}.")
        self._keep(manager, tries.one_more(now))

    def was_right(self, manager: Manager) -> None:
        self._keep(manager, Tries())

    def _of(self, manager: Manager) -> Tries:
        text = setting(self._database, _name(manager))
        return decoded(text, Tries) if text else Tries()

    def _keep(self, manager: Manager, tries: Tries) -> None:
        set_setting(self._database, _name(manager), msgspec.json.encode(tries).decode())


def _name(manager: Manager) -> str:
    return f"pin_tries:{manager.code}"


def _span(wait: timedelta) -> str:
    seconds = ceil(wait.total_seconds())
    return f"{seconds} s" if seconds < 120 else f"{ceil(seconds / 60)} min"
