"""What one device costs a server: `python -m benchmarks.device_cost`, for the sizing table in docs/operations.md.

A real server process, called over HTTP as a device calls; processor time and bytes are the server's own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import click
import psutil

from benchmarks.machine import described
from tests.support.documents_making import batch, line, order
from tests.support.server_process import ServerProcess
from tests.support.store_office import PASSWORD, StoreOffice
from wizterm.protocol.session import Session, SignIn
from wizterm.server.store.opening import open_store
from wizterm.sync.client import HttpClient

PRODUCTS, POLLS, ORDERS, LINES = 3_000, 400, 300, 20


@click.command()
def main() -> None:
    """Measure, and print a line for each kind of call."""
    click.echo(described())
    with tempfile.TemporaryDirectory(prefix="wizterm-cost-") as folder:
        place = Path(folder) / "server"
        with closing(open_store(place)) as store:
            _set_up(StoreOffice(store))
        with ServerProcess(place) as server, closing(HttpClient(server.address, allow_plain=True)) as client:
            session = client.sign_in(SignIn(rep="KIM", password=PASSWORD, device=str(uuid4())))
            _measure(client, session, psutil.Process(server.pid), place)


def _measure(client: HttpClient, session: Session, process: psutil.Process, place: Path) -> None:
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

    hear()
    fetch()
    click.echo(f"a look for what became of documents: {_processor(process, hear, POLLS):.2f} ms of a core")
    click.echo(f"a look for a changed catalogue: {_processor(process, fetch, POLLS):.2f} ms of a core")
    before = _bytes(place)
    click.echo(f"an order of {LINES} lines, taken and delivered: {_processor(process, send, ORDERS):.2f} ms of a core")
    click.echo(f"an order in the store: {(_bytes(place) - before) / ORDERS / 1024:.1f} KB")
    click.echo(f"memory of the process: {process.memory_info().rss / 2**20:.0f} MB")


def _processor(process: psutil.Process, work: Callable[[], object], times: int) -> float:
    """Milliseconds of processor time that the server spends on one."""
    before = process.cpu_times()
    for _ in range(times):
        work()
    after = process.cpu_times()
    return ((after.user - before.user) + (after.system - before.system)) * 1000 / times


def _bytes(place: Path) -> int:
    return sum(path.stat().st_size for path in place.glob("server.db*"))


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
