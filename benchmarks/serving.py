"""A real server under load, on either store, with its callers on the same machine; beside a naive one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

import msgspec

from benchmarks.callers import Caller, together
from benchmarks.company import Ground
from benchmarks.figures import Figure, at, median, milliseconds
from tests.support.documents_making import batch, line, order
from tests.support.postgres import started
from tests.support.server_process import ServerProcess, free_port
from tests.support.store_office import PASSWORD, QUICK, StoreOffice
from wizterm.connectors.base import Settings
from wizterm.connectors.files import FilesConnector
from wizterm.protocol import catalogue, ping
from wizterm.protocol.session import Session, SignIn
from wizterm.server.company import open_company
from wizterm.server.in_process import ServerProtocol

DEVICES = 4
DOCUMENTS = 50
LINES = 20
WANTED = {"SQLite": 1_000, "PostgreSQL, 2 workers": 700}
"""Documents a second, on two cores that serve and call."""
SINGLES = 40
"""A second, from one device."""
CROWD = 2_000
CROWDS_SECONDS = 10.0
CROWDS_DOCUMENTS = 5

NOBODY = Session(
    access_token="",
    access_seconds=1,
    refresh_token="",
    server="",
    epoch="",
    rep="R0",
    rep_name="",
    company="",
    installation="10",
    office_key="",
)
"""Whom the naive server does not ask for."""


@dataclass(frozen=True, slots=True)
class Furnished:
    folder: Path
    url: str
    sessions: tuple[Session, ...]
    cursor: str
    """Of a device that has everything."""


def measure(ground: Ground) -> Iterator[Figure]:
    rounds = ground.choose(6, 30)
    naive = _naive(ground.folder, rounds)
    yield from _on("SQLite", _furnish(ground.folder / "on-sqlite", ""), 1, rounds, naive)
    with started(f"bench-{os.getpid()}", durable=True) as postgres, postgres.database() as url:
        furnished = _furnish(ground.folder / "on-postgres", url)
        yield from _on("PostgreSQL, 2 workers", furnished, 2, rounds, naive)
    if ground.choose(0, 1):
        yield _crowd(_furnish(ground.folder / "crowd", "", CROWD))


def _on(store: str, furnished: Furnished, workers: int, rounds: int, naive: float) -> Iterator[Figure]:
    with _served(furnished, workers) as port:
        callers = [Caller(port, session.access_token) for session in furnished.sessions]
        bodies = [[_bodies(session, DOCUMENTS) for _ in range(rounds)] for session in furnished.sessions]
        yield _nothing_new(store, callers[0], furnished.cursor)
        _warm(callers, furnished.sessions)
        took, _ = together([partial(caller.post_all, own) for caller, own in zip(callers, bodies, strict=True)])
        rate = DEVICES * rounds * DOCUMENTS / took
        beside = "a naive server on SQLite that keeps the bytes and nothing else"
        yield Figure(f"served, {store}: {WANTED[store]:,} wanted", rate, naive, "documents/s", beside)
        yield from _singles(store, callers, furnished.sessions, rounds)


def _singles(store: str, callers: Sequence[Caller], sessions: Sequence[Session], rounds: int) -> Iterator[Figure]:
    """One device posts single documents while the others bring half of what is wanted, in batches; then all at once."""
    (single, *others), (its, *theirs) = callers, sessions
    load, seconds = WANTED[store] / 2, rounds
    between = len(others) * DOCUMENTS / load
    batches = [[_bodies(session, DOCUMENTS) for _ in range(round(seconds / between))] for session in theirs]
    ones = [_bodies(its, 1) for _ in range(seconds * SINGLES)]
    took, (times, *_) = together(
        [
            partial(single.post_paced, ones, 1 / SINGLES),
            *(
                partial(caller.post_paced, own, between, place * between / len(others))
                for place, (caller, own) in enumerate(zip(others, batches, strict=True))
            ),
        ]
    )
    kept = sum(map(len, batches)) * DOCUMENTS / took
    what = f"served, {store}: one document beside {kept:,.0f} a second in batches, p99"
    yield Figure(what, at(0.99, times), median(times), "ms", "the median of the same", 50)
    alone = [[_bodies(session, 1) for _ in range(rounds * 20)] for session in sessions]
    took, _ = together([partial(caller.post_all, own) for caller, own in zip(callers, alone, strict=True)])
    rate = DEVICES * rounds * 20 / took
    yield Figure(
        f"served, {store}: as single documents", rate, 1000 / median(times), "documents/s", "one after another"
    )


def _nothing_new(store: str, caller: Caller, cursor: str) -> Figure:
    with closing(caller.connected()) as connection:
        asked = f"{catalogue.CHANGES_PATH}?cursor={cursor}"
        ours = [milliseconds(lambda: caller.call(connection, "GET", asked)) for _ in range(200)]
        peer = [milliseconds(lambda: caller.call(connection, "GET", ping.PATH)) for _ in range(200)]
    return Figure(f"served, {store}: nothing new", median(ours), median(peer), "ms", "a ping of the same server", 5)


def _crowd(furnished: Furnished) -> Figure:
    """Devices that come back within ten seconds, each with five documents and a look at both feeds."""
    bodies = [_bodies(session, CROWDS_DOCUMENTS) for session in furnished.sessions]
    with _served(furnished, 1) as port:

        def reconnect(place: int, begun: float) -> float:
            time.sleep(max(0.0, begun + place * CROWDS_SECONDS / CROWD - time.perf_counter()))
            caller = Caller(port, furnished.sessions[place].access_token)
            with closing(caller.connected()) as connection:
                caller.call(connection, "POST", "/v1/documents", bodies[place])
                caller.call(connection, "GET", "/v1/documents/changes")
                caller.call(connection, "GET", f"{catalogue.MANIFEST_PATH}?schema=1")
            return time.perf_counter() - begun

        begun = time.perf_counter()
        lanes = [range(lane, CROWD, 64) for lane in range(64)]
        _, ends = together([partial(lambda lane: max(reconnect(each, begun) for each in lane), lane) for lane in lanes])
    return Figure(f"served: {CROWD:,} devices reconnect", max(ends), CROWDS_SECONDS, "s", "the time they come in", 60)


def _furnish(folder: Path, url: str, devices: int = DEVICES) -> Furnished:
    connector = FilesConnector(Settings(folder / "erp", {}))
    company = open_company(folder, url=url, name="Northwind Gifts", connector=connector, passwords=QUICK)
    with closing(company):
        office, server = StoreOffice(company.store), ServerProtocol(company)
        reps = [f"R{place}" for place in range(min(devices, 100))]
        for rep in reps:
            office.rep(rep)
        skus = [f"S{place}" for place in range(1, LINES + 1)]
        office.load(
            price_lists="id,name,currency,default\nTRADE,Trade,GBP,yes\n",
            products="sku,name\n" + "".join(f"{sku},A {sku.lower()}\n" for sku in skus),
            prices="price_list,sku,price\n" + "".join(f"TRADE,{sku},4.50\n" for sku in skus),
            customers="number,name,price_list,rep\n" + "".join(f"C{rep},Shop,TRADE,{rep}\n" for rep in reps),
        )
        names = [reps[place % len(reps)] for place in range(devices)]
        sessions = tuple(server.sign_in(SignIn(rep=name, password=PASSWORD, device=str(uuid4()))) for name in names)
        cursor = server.manifest(sessions[0].access_token, 1).cursor
        while (page := server.catalogue_changes(sessions[0].access_token, cursor, 2000)).cursor != cursor:
            cursor = page.cursor
    return Furnished(folder, url, sessions, cursor)


def _bodies(session: Session, count: int) -> bytes:
    lines = [line(place, f"S{place}") for place in range(1, LINES + 1)]
    return msgspec.json.encode(batch(*(order(session, f"C{session.rep}", *lines) for _ in range(count))))


def _warm(callers: Sequence[Caller], sessions: Sequence[Session]) -> None:
    together(
        [partial(each.post_all, [_bodies(session, 1)] * 4) for each, session in zip(callers, sessions, strict=True)]
    )


@contextmanager
def _served(furnished: Furnished, workers: int) -> Iterator[int]:
    options = ("--workers", str(workers), "--store", furnished.url)
    with ServerProcess(furnished.folder, options=options) as process:
        while "is served at" not in process.log.read_text():
            time.sleep(0.05)
        yield process.port


def _naive(folder: Path, rounds: int) -> float:
    """Documents a second of the peer."""
    port = free_port()
    script = Path(__file__).parent / "peers" / "naive_server.py"
    process = subprocess.Popen([sys.executable, str(script), str(port), str(folder / "naive.db")])
    try:
        caller = Caller(port, "")
        while not _answers(caller):
            time.sleep(0.05)
        bodies = [[_bodies(NOBODY, DOCUMENTS) for _ in range(rounds)] for _ in range(DEVICES)]
        took, _ = together([partial(caller.post_all, own) for own in bodies])
    finally:
        process.kill()
        process.wait()
    return DEVICES * rounds * DOCUMENTS / took


def _answers(caller: Caller) -> bool:
    try:
        with closing(caller.connected()) as connection:
            caller.call(connection, "POST", "/", b"")
    except OSError:
        return False
    return True
