"""Offline-first order taking in a terminal, and the server behind it."""

import sys

__version__ = "0.1.0"


class _NotForPeewee:
    """Peewee loads every driver that it finds. psycopg takes 0.1 s, and only a store on PostgreSQL wants it."""

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> None:
        peewee = sys.modules.get("peewee")
        if name == "psycopg" and peewee is not None and not hasattr(peewee, "Model"):
            raise ModuleNotFoundError(f"{name} is loaded when a store on PostgreSQL is opened", name=name)


sys.meta_path.insert(0, _NotForPeewee)
