"""A process is killed; then the device is opened again, everything is sent, and the books are compared."""

import random
import sqlite3
from contextlib import closing

import pytest

from tests.support.outbox_device import SERVER, id_of
from tests.torture.kills.processes import rest
from tests.torture.kills.roles import body, frozen, make_sender
from tests.torture.size import times
from wizterm.db.device import open_device
from wizterm.db.documents import Documents
from wizterm.protocol.documents import fingerprint

KILLS = times(25)
ASKED_WITH = ("token", SERVER)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "device"
    open_device(folder).close()
    return folder


def submit(folder, first, count):
    """Documents that were saved before any kill; their numbers."""
    database = open_device(folder)
    documents = Documents(database)
    numbers = list(range(first, first + count))
    for number in numbers:
        documents.submit(lambda counter, number=number: frozen(number, counter))
    database.close()
    return numbers


def drain(folder, address):
    sender = make_sender(folder, address, *ASKED_WITH)
    assert sender.once() is None
    sender.close()


def halves(folder):
    """Documents whose parts do not agree, and pages that do not: none may be."""
    with closing(sqlite3.connect(folder / "device.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute(
            "SELECT d.id, d.state, d.body, d.sha256, o.id, (SELECT count(*) FROM document_event e WHERE e.id = d.id) "
            "FROM document d LEFT JOIN outbox o USING (id, revision)"
        ).fetchall()
        counter = connection.execute("SELECT total(value) FROM setting WHERE name = 'document_counter'").fetchone()[0]
    torn = [
        row
        for row in rows
        if row[3] != fingerprint(row[2]) or (row[4] is not None) != (row[1] in {"queued", "sending"}) or not row[5]
    ]
    return len(torn) + abs(int(counter) - len(rows))


def books(folder, ledger, saved, row):
    """Compare, byte by byte, what was saved with what the company has."""
    with closing(sqlite3.connect(ledger)) as connection:
        held = connection.execute("SELECT id, body FROM ledger").fetchall()
    with closing(sqlite3.connect(folder / "device.db")) as connection:
        here = dict(connection.execute("SELECT id, state FROM document"))
    there = dict(held)
    row.lost += sum(there.get(id_of(number)) != body(number) or here[id_of(number)] != "delivered" for number in saved)
    row.duplicated += len(held) - len(there)
    row.half += halves(folder)


def test_killed_while_submitting(folder, forks, intake, layer, tmp_path):
    row = layer("kill -9: submitting")
    server = intake()
    moments = random.Random(1)
    saved, first = [], 1
    for kill in range(KILLS):
        child = forks.begin("submit", folder, first)
        heard = [forks.until("saved")] if kill % 2 else []  # others may die before they have submitted anything
        rest(moments.uniform(0, 0.03))
        said = [int(words[1]) for words in heard + forks.kill(child) if words[0] == "saved"]
        saved += said
        first = (said[-1] if said else first) + 2
        row.tried += 1
        drain(folder, server.address)
        books(folder, tmp_path / "ledger.db", saved, row)
    assert len(saved) >= KILLS // 2


def test_killed_between_the_companys_commit_and_its_answer(folder, forks, intake, layer, tmp_path):
    row = layer("kill -9: committed there, not answered")
    slow = intake(hold=0.06)
    moments = random.Random(2)
    saved, tried = [], 0
    while row.tried < KILLS:
        saved += submit(folder, 1 + tried * 3, 3)
        tried += 1
        child = forks.begin("send", folder, slow.address, *ASKED_WITH)
        slow.until("committed")
        rest(moments.uniform(0, 0.01))
        forks.kill(child)
        unheard = unsent(folder) == 3  # a machine busy elsewhere may kill late: the answer was there first
        row.tried += unheard
        assert tried < KILLS * 10
        drain(folder, slow.address)
        if unheard:
            slow.until("committed")
        books(folder, tmp_path / "ledger.db", saved, row)
    assert asked_again(tmp_path / "ledger.db") == 3 * row.tried


def test_killed_while_sending(folder, forks, intake, layer, tmp_path):
    row = layer("kill -9: sending and storing receipts")
    server = intake()
    moments = random.Random(3)
    saved, caught = [], 0
    for kill in range(KILLS):
        saved += submit(folder, 1 + kill * 20, 20)
        child = forks.begin("send", folder, server.address, *ASKED_WITH)
        rest(moments.uniform(0, 0.06))
        forks.kill(child)
        row.tried += 1
        caught += 0 < unsent(folder) <= 20
        row.half += halves(folder)
        drain(folder, server.address)
        books(folder, tmp_path / "ledger.db", saved, row)
    assert caught


def test_killed_again_while_the_last_kill_is_mended(folder, forks, intake, layer, tmp_path):
    row = layer("kill -9: again before the last is mended")
    server = intake(hold=0.005)
    moments = random.Random(4)
    saved = []
    for kill in range(KILLS // 3 + 1):
        saved += submit(folder, 1 + kill * 10, 10)
        for _ in range(3):
            child = forks.begin("send", folder, server.address, *ASKED_WITH)
            rest(moments.uniform(0, 0.02))
            forks.kill(child)
            row.tried += 1
        drain(folder, server.address)
        books(folder, tmp_path / "ledger.db", saved, row)


def unsent(folder):
    with closing(sqlite3.connect(folder / "device.db")) as connection:
        return connection.execute("SELECT count(*) FROM outbox").fetchone()[0]


def asked_again(ledger):
    with closing(sqlite3.connect(ledger)) as connection:
        return connection.execute("SELECT count(*) - count(DISTINCT id) FROM asked").fetchone()[0]
