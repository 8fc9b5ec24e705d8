"""Peewee and psycopg, brought together when a store on PostgreSQL is opened: no other process loads psycopg."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import peewee

from wizterm.server.store.store import StoreError

Adapter: Any = peewee.Psycopg3Adapter


def bring_driver() -> None:
    """What Peewee itself does at its start where it finds psycopg."""
    if vars(peewee)["psycopg"] is not None:
        return
    try:
        psycopg, libpq, json = (import_module(name) for name in ("psycopg", "psycopg.pq", "psycopg.types.json"))
    except ImportError as error:
        raise StoreError("A store on PostgreSQL needs the extra postgres: pip install 'wizterm[postgres]'.") from error
    status = libpq.TransactionStatus
    vars(peewee).update(psycopg=psycopg, TransactionStatus=status, Json_pg3=json.Json, Jsonb_pg3=json.Jsonb)
    Adapter.txn_idle, Adapter.txn_inerror, Adapter.txn_unknown = status.IDLE, status.INERROR, status.UNKNOWN
