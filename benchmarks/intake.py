"""The server taking documents, in the process, beside the very rows it writes inserted bare."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from benchmarks.company import Ground
from benchmarks.figures import Figure, in_turn, median, milliseconds
from tests.support.documents_making import batch, line, order
from tests.support.store_office import PASSWORD, QUICK, StoreOffice
from wizterm.connectors.base import Settings
from wizterm.connectors.files import FilesConnector
from wizterm.protocol.documents import Batch, Taken
from wizterm.protocol.session import SignIn
from wizterm.server.company import open_company
from wizterm.server.in_process import ServerProtocol

DOCUMENTS = 50
LINES = 20
TABLES = {"documents": "id", "document_events": "document", "deliveries": "document"}
"""What intake writes, and the column that names the document."""


def measure(ground: Ground) -> Iterator[Figure]:
    folder = ground.folder / "intake"
    company = open_company(
        folder, name="Northwind Gifts", connector=FilesConnector(Settings(folder / "erp", {})), passwords=QUICK
    )
    server = ServerProtocol(company)
    _set_up(StoreOffice(company.store))
    session = server.sign_in(SignIn(rep="KIM", password=PASSWORD, device=str(uuid4())))
    lines = [line(place, f"S{place}") for place in range(1, LINES + 1)]
    rounds = ground.choose(10, 60)
    batches = [batch(*(order(session, "C1", *lines) for _ in range(DOCUMENTS))) for _ in range(rounds)]

    def ours(turn: int) -> float:
        answers = []
        spent = milliseconds(lambda: answers.append(server.post_documents(session.access_token, batches[turn])))
        if not all(isinstance(answer, Taken) for answer in answers[0].answers):
            raise AssertionError(f"expected every document to be taken: {answers[0].answers[0]}")
        return spent

    with closing(sqlite3.connect(folder / "server.db")) as written, closing(_bare(folder, written)) as bare:
        times, plain = in_turn(rounds, ours, lambda turn: _insert(bare, _rows(written, batches[turn])))
    company.close()
    yield Figure(
        f"intake of {DOCUMENTS} documents of {LINES} lines",
        median(times),
        median(plain),
        "ms",
        "the same rows by executemany, one commit",
    )
    yield Figure(
        "intake", DOCUMENTS * 1000 / median(times), DOCUMENTS * 1000 / median(plain), "documents/s", "as above"
    )


def _set_up(office: StoreOffice) -> None:
    skus = [f"S{place}" for place in range(1, LINES + 1)]
    office.rep("KIM")
    office.load(
        price_lists="id,name,currency,default\nTRADE,Trade,GBP,yes\n",
        products="sku,name\n" + "".join(f"{sku},A {sku.lower()}\n" for sku in skus),
        prices="price_list,sku,price\n" + "".join(f"TRADE,{sku},4.50\n" for sku in skus),
        customers="number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM\n",
    )


def _bare(folder: Path, written: sqlite3.Connection) -> sqlite3.Connection:
    """An empty file with the same tables and indexes."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    marks = ", ".join("?" * len(TABLES))
    query = f"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN ({marks}) ORDER BY type DESC"
    for (statement,) in written.execute(query, tuple(TABLES)):
        connection.execute(statement)
    return connection


def _rows(written: sqlite3.Connection, taken: Batch) -> dict[str, list[tuple]]:
    ids = tuple(document.id for document in taken.documents)
    marks = ", ".join("?" * len(ids))
    return {
        table: written.execute(f"SELECT * FROM {table} WHERE {column} IN ({marks})", ids).fetchall()
        for table, column in TABLES.items()
    }


def _insert(bare: sqlite3.Connection, rows: dict[str, list[tuple]]) -> float:
    def work() -> None:
        bare.execute("BEGIN IMMEDIATE")
        for table, values in rows.items():
            bare.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)
        bare.execute("COMMIT")

    return milliseconds(work)
