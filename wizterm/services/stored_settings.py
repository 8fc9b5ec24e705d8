"""The settings of device.db as the session keeper wants them."""

from __future__ import annotations

from peewee import SqliteDatabase

from wizterm.db.device import set_setting, setting


class StoredSettings:
    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def get(self, name: str) -> str:
        return setting(self._database, name)

    def set(self, name: str, value: str) -> None:
        set_setting(self._database, name, value)
