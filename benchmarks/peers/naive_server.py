"""What somebody would write in an afternoon: takes a batch, puts each document into one SQLite table, says yes."""

from __future__ import annotations

import json
import sqlite3
import sys
from typing import Any

import uvicorn

store = sqlite3.connect(sys.argv[2], isolation_level=None, check_same_thread=False)
store.execute("PRAGMA journal_mode = WAL")
store.execute("PRAGMA synchronous = FULL")
store.execute("CREATE TABLE documents (id TEXT PRIMARY KEY, sha256 TEXT, body TEXT)")


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    body, more = b"", True
    while more:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body", False)
    documents = json.loads(body)["documents"] if body else []
    store.execute("BEGIN IMMEDIATE")
    rows = [(document["id"], document["sha256"], document["body"]) for document in documents]
    store.executemany("INSERT OR IGNORE INTO documents VALUES (?, ?, ?)", rows)
    store.execute("COMMIT")
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps([row[0] for row in rows]).encode()})


uvicorn.run(app, port=int(sys.argv[1]), log_level="warning")
