"""The switches of the settings screen, kept in device.db."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from peewee import SqliteDatabase

from wizterm.db.device import open_device, set_setting, setting
from wizterm.domain.clock import moment
from wizterm.protocol.decoding import decoded

OFFLINE = "offline_mode"
INCREMENTAL = "incremental_sync"
COMPLETE = "complete_sync_at"
PULLED_FROM = "pulled_from"
THEME = "theme"
KEYBOARD = "scanner_keyboard"


class OfflineNotReadyError(Exception):
    """Offline Mode needs one complete sync first."""


class OfflineModeError(Exception):
    """Offline Mode is on, so no call is made."""


@dataclass(frozen=True, slots=True)
class Switches:
    """How the settings stand."""

    offline: bool
    incremental: bool
    synced_at: datetime | None
    mended: int = 0
    """Signs that arrive otherwise than the scanner means them, and are put right."""


class Preferences:
    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    @property
    def switches(self) -> Switches:
        return Switches(self.offline, self.incremental, self.synced_at, len(self.keyboard))

    @property
    def offline(self) -> bool:
        """Offline Mode: make no calls at all."""
        return setting(self._database, OFFLINE) == "on"

    @property
    def incremental(self) -> bool:
        """Whether changes are fetched by themselves, at start and every few minutes."""
        return setting(self._database, INCREMENTAL, "on") == "on"

    @property
    def synced_at(self) -> datetime | None:
        """The end of the last complete sync; None before the first."""
        text = setting(self._database, COMPLETE)
        return moment(int(text)) if text else None

    @property
    def pulled_from(self) -> datetime | None:
        """When the last complete sync began: what the company took before is in the catalogue."""
        text = setting(self._database, PULLED_FROM)
        return moment(int(text)) if text else None

    @property
    def synced_once(self) -> bool:
        return self.synced_at is not None

    def turn_offline(self) -> Switches:
        """Switch Offline Mode over. Raises `OfflineNotReadyError` where there is nothing yet to work with."""
        self.set_offline(on=not self.offline)
        return self.switches

    def turn_incremental(self) -> Switches:
        """Switch Incremental Sync over."""
        self.set_incremental(on=not self.incremental)
        return self.switches

    def set_offline(self, *, on: bool) -> None:
        if on and not self.synced_once:
            raise OfflineNotReadyError(
                "Offline Mode needs one complete sync first, so that there is a catalogue: choose Sync Data."
            )
        set_setting(self._database, OFFLINE, "on" if on else "off")

    def set_incremental(self, *, on: bool) -> None:
        set_setting(self._database, INCREMENTAL, "on" if on else "off")

    @property
    def keyboard(self) -> dict[str, str]:
        """What each sign that this machine's scanner types stands for, where they differ; learnt from the sheet."""
        text = setting(self._database, KEYBOARD)
        return decoded(text, dict[str, str]) if text else {}

    def set_keyboard(self, table: Mapping[str, str]) -> None:
        set_setting(self._database, KEYBOARD, msgspec.json.encode(table).decode() if table else "")

    @property
    def theme(self) -> str:
        """The theme that was chosen on this machine; empty where none was."""
        return setting(self._database, THEME)

    def set_theme(self, name: str) -> None:
        set_setting(self._database, THEME, name)

    def check_calls(self) -> None:
        """Raises `OfflineModeError` where calls are switched off: whoever wants one is told how to have it."""
        if self.offline:
            raise OfflineModeError(
                "Offline Mode is on, so nothing is sent or fetched: switch it off in Settings first."
            )


@contextmanager
def open_preferences(folder: Path) -> Iterator[Preferences]:
    """Those of a folder, which a terminal may have open at the same time. Raises `DeviceFileError`."""
    database = open_device(folder)
    try:
        yield Preferences(database)
    finally:
        database.close()
