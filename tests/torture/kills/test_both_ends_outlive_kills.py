"""The real server and a device, both killed while orders are on their way; then the books of both are compared."""

import random
import sqlite3
from contextlib import closing

from tests.support.documents_making import enveloped, order
from tests.torture.kills.processes import rest
from tests.torture.kills.roles import make_sender
from tests.torture.size import times
from wizterm.db.device import open_device
from wizterm.db.documents import Documents, Frozen
from wizterm.domain.clock import SystemClock
from wizterm.domain.document import DocumentId, Kind
from wizterm.server.store.sqlite import FILE_NAME

KILLS = times(24)
SERVER_EVERY = 8
"""Kills of the device for each kill of the server, whose start takes a second."""
ORDERS = 4


def submit(folder, session):
    """Orders that were saved before a kill: their bytes by id."""
    database = open_device(folder)
    saved = {}
    for _ in range(ORDERS):
        envelope = enveloped(order(session, "C1"))
        frozen = Frozen(
            document=DocumentId(envelope.id),
            kind=Kind.ORDER,
            number="",
            body=envelope.body,
            submitted_at=SystemClock().now(),
            customer="C1",
            customer_name="Corner Shop",
        )
        Documents(database).submit(lambda counter, frozen=frozen: frozen)
        saved[envelope.id] = envelope.body
    database.close()
    return saved


def rows(path, query):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_killed_at_both_ends(tmp_path, forks, server, session, layer):
    row = layer("kill -9: both ends")
    folder, store = tmp_path / "device", tmp_path / "server" / FILE_NAME
    asked_with = (session.access_token, session.server)
    moments = random.Random(7)
    saved = {}
    for kill in range(KILLS):
        saved |= submit(folder, session)
        child = forks.begin("send", folder, server.address, *asked_with)
        rest(moments.uniform(0, 0.06))
        if kill % SERVER_EVERY == 0:
            server.kill()
            forks.kill(child)
            server.start()
        else:
            forks.kill(child)
        row.tried += 1
        sender = make_sender(folder, server.address, *asked_with)
        assert sender.once() is None
        sender.close()
    there = rows(store, "SELECT id, body FROM documents")
    states = dict(rows(folder / "device.db", "SELECT id, state FROM document"))
    row.lost += sum(dict(there).get(document) != body for document, body in saved.items())
    row.lost += sum(states[document] != "delivered" for document in saved)
    row.duplicated += len(there) - len(dict(there))
    row.half += rows(store, "PRAGMA integrity_check") != [("ok",)]
    row.half += len(rows(store, "SELECT DISTINCT document FROM deliveries")) != len(saved)
