"""What one device costs a server: `python -m benchmarks.device_cost`, for the sizing table in docs/operations.md.

A real server process, called over HTTP as a device calls; processor time and bytes are the server's own.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from uuid import uuid4

import click
import psutil
import psycopg

from benchmarks.machine import described
from tests.support.documents_making import batch, line, order
from tests.support.postgres import started
from tests.support.server_process import ServerProcess
from tests.support.store_office import PASSWORD, StoreOffice
from wizterm.protocol.session import Session, SignIn
from wizterm.server.store.opening import open_store
from wizterm.server.store.sqlite import FILE_NAME
from wizterm.sync.client import HttpClient

PRODUCTS, POLLS, ORDERS, LINES = 3_000, 400, 300, 20


class OnFile:
    """The store is a file in the server's folder."""

    url = ""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def bytes(self) -> int:
        with closing(sqlite3.connect(self._folder / FILE_NAME)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return (self._folder / FILE_NAME).stat().st_size

    def processes(self) -> list[psutil.Process]:
        """None but the server's own."""
        return []


class OnPostgres:
    """The store is a database beside the server, whose processes count too."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = psycopg.connect(url, autocommit=True)
        self._postmaster = psutil.Process(self._connection.info.backend_pid).parent()

    def bytes(self) -> int:
        self._connection.execute("CHECKPOINT")
        ((size,),) = self._connection.execute("SELECT pg_database_size(current_database())")
        return int(size)

    def processes(self) -> list[psutil.Process]:
        return self._postmaster.children()


@click.command()
@click.option("--postgres", is_flag=True, help="With a store on PostgreSQL, from its wheel.")
def main(*, postgres: bool) -> None:
    """Measure, and print a line for each kind of call."""
    click.echo(described())
    with tempfile.TemporaryDirectory(prefix="wizterm-cost-") as folder, ExitStack() as databases:
        place = Path(folder) / "server"
        url = (
            databases.enter_context(databases.enter_context(started("cost", durable=True)).database())
            if postgres
            else ""
        )
        base = OnPostgres(url) if postgres else OnFile(place)
        with closing(open_store(place, url)) as store:
            _set_up(StoreOffice(store))
        server = databases.enter_context(ServerProcess(place, options=("--store", url)))
        client = databases.enter_context(closing(HttpClient(server.address, allow_plain=True)))
        session = client.sign_in(SignIn(rep="KIM", password=PASSWORD, device=str(uuid4())))
        _measure(client, session, psutil.Process(server.pid), base)


def _measure(client: HttpClient, session: Session, process: psutil.Process, base: OnFile | OnPostgres) -> None:
    token = session.access_token
    heard = client.document_changes(token, "")
    cursor = client.manifest(token, 1).cursor

    def hear() -> None:
        nonlocal heard
        heard = client.document_changes(token, heard.cursor, heard.contact, 0)

    def fetch() -> None:
        nonlocal cursor
        cursor = client.catalogue_changes(token, cursor, 1000).cursor

    def send() -> None:
        client.post_documents(token, batch(order(session, "C1", *_lines())))

    def measured(words: str, work: Callable[[], object], times: int) -> None:
        own, database = _processor(process, base, work, times)
        beside = f", and {database:.2f} of the database" if base.url else ""
        click.echo(f"{words}: {own:.2f} ms of a core{beside}")

    hear()
    fetch()
    measured("a look for what became of documents", hear, POLLS)
    measured("a look for a changed catalogue", fetch, POLLS)
    before = base.bytes()
    measured(f"an order of {LINES} lines, taken and delivered", send, ORDERS)
    click.echo(f"an order in the store: {(base.bytes() - before) / ORDERS / 1024:.1f} KB")
    click.echo(f"memory of the process: {process.memory_info().rss / 2**20:.0f} MB")


def _processor(
    process: psutil.Process, base: OnFile | OnPostgres, work: Callable[[], object], times: int
) -> tuple[float, float]:
    """Milliseconds of processor time that the server and its database spend on one."""
    before, before_beside = _spent([process]), _spent(base.processes())
    for _ in range(times):
        work()
    return (
        (_spent([process]) - before) * 1000 / times,
        (_spent(base.processes()) - before_beside) * 1000 / times,
    )


def _spent(processes: list[psutil.Process]) -> float:
    return sum(times.user + times.system for times in (each.cpu_times() for each in processes))


def _lines() -> list:
    return [line(number, f"S{number}") for number in range(1, LINES + 1)]


def _set_up(office: StoreOffice) -> None:
    skus = [f"S{number}" for number in range(1, PRODUCTS + 1)]
    office.rep("KIM")
    office.load(
        price_lists="id,name,currency,default\nTRADE,Trade,GBP,yes\n",
        products="sku,name\n" + "".join(f"{sku},A {sku.lower()}\n" for sku in skus),
        prices="price_list,sku,price\n" + "".join(f"TRADE,{sku},4.50\n" for sku in skus),
        customers="number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM\n",
    )


if __name__ == "__main__":
    main()
