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

    def replace(self, name: str, expected: str, value: str) -> bool:
        """In one step; False, and nothing changed, where it is not what was expected any more."""
        change = "UPDATE setting SET value = ? WHERE name = ? AND value = ?"
        return bool(self._database.execute_sql(change, (value, name, expected)).rowcount)
