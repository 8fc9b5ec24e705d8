"""An intake over HTTP with a ledger: it commits first and answers then, and can take its time in between.

Used as `python intake_server.py LEDGER HOLD`, where HOLD is seconds between the commit and the answer.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

import msgspec

from tests.support.outbox_device import receipt
from wizterm.protocol.documents import Answers, Batch, fingerprint

LEDGER, HOLD = sys.argv[1], float(sys.argv[2])
connection = sqlite3.connect(LEDGER, isolation_level=None)
connection.execute("PRAGMA synchronous = off")
connection.execute("CREATE TABLE ledger (sequence INTEGER PRIMARY KEY, id TEXT, revision INTEGER, body TEXT)")
connection.execute("CREATE INDEX by_id ON ledger (id, revision)")
connection.execute("CREATE TABLE asked (id TEXT)")


class Intake(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        batch = msgspec.json.decode(self.rfile.read(int(self.headers["Content-Length"])), type=Batch)
        connection.execute("BEGIN IMMEDIATE")
        for envelope in batch.documents:
            take(envelope)
        connection.execute("COMMIT")
        say("committed", len(batch.documents))
        time.sleep(HOLD)
        answer = msgspec.json.encode(Answers(answers=tuple(receipt(envelope) for envelope in batch.documents)))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *words: object) -> None:
        pass


def take(envelope) -> None:
    assert envelope.sha256 == fingerprint(envelope.body)
    connection.execute("INSERT INTO asked VALUES (?)", (envelope.id,))
    known = connection.execute(
        "SELECT body FROM ledger WHERE id = ? AND revision = ?", (envelope.id, envelope.revision)
    ).fetchall()
    if not known:
        connection.execute(
            "INSERT INTO ledger (id, revision, body) VALUES (?, ?, ?)", (envelope.id, envelope.revision, envelope.body)
        )
    assert known in ([], [(envelope.body,)])


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


class Server(HTTPServer):
    def handle_error(self, request, client_address) -> None:
        """A killed client is what this is for."""


server = Server(("127.0.0.1", 0), Intake)
say("ready", server.server_port)
server.serve_forever()
