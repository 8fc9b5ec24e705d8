"""The switches of the settings screen, kept in device.db."""

from __future__ import annotations

from peewee import SqliteDatabase

from wizterm.db.device import set_setting, setting

OFFLINE = "offline_mode"
INCREMENTAL = "incremental_sync"
COMPLETE = "complete_sync_at"


class OfflineNotReadyError(Exception):
    """Offline Mode needs one complete sync first."""


class Preferences:
    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    @property
    def offline(self) -> bool:
        """Offline Mode: make no calls at all."""
        return setting(self._database, OFFLINE) == "on"

    @property
    def incremental(self) -> bool:
        """Whether changes are fetched by themselves, at start and every few minutes."""
        return setting(self._database, INCREMENTAL, "on") == "on"

    @property
    def synced_once(self) -> bool:
        return bool(setting(self._database, COMPLETE))

    def set_offline(self, *, on: bool) -> None:
        if on and not self.synced_once:
            raise OfflineNotReadyError(
                "Offline Mode needs one complete sync first, so that there is a catalogue: choose Sync Data."
            )
        set_setting(self._database, OFFLINE, "on" if on else "off")

    def set_incremental(self, *, on: bool) -> None:
        set_setting(self._database, INCREMENTAL, "on" if on else "off")
