"""The one set of invariants: what was called saved, compared with the files of devices and server, and with the ERP.

Files are read with plain SQL, so that no fault of the program's own queries hides a fault of its rows. Every layer ends
here. Each fault is a sentence, so that a failing seed says what happened.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture.layer import Harm
from wizterm.db.device import FILE as DEVICE_FILE
from wizterm.domain.document import MOVES, UNSENT, State, key
from wizterm.protocol.documents import fingerprint
from wizterm.server.store.sqlite import FILE_NAME as SERVER_FILE

Name = tuple[str, int]
"""A document's id and revision."""
_PARTS = """
    SELECT id, revision, state,
        (SELECT count(*) FROM outbox o WHERE o.id = d.id AND o.revision = d.revision),
        (SELECT count(*) FROM document_event e WHERE e.id = d.id AND e.revision = d.revision)
    FROM document d
"""
_UNDOUBTED = " AND NOT instr(flags, 'number_taken')"
"""Of the others, the office was told that another bears the number."""
_UNSETTLED = """
    SELECT document, state FROM deliveries d
    WHERE state NOT IN ('done', 'refused', 'dropped') AND NOT EXISTS
        (SELECT 1 FROM deliveries e WHERE e.document = d.after AND e.state = 'refused')
"""
"""Deliveries that have something left to do; what comes after a refused one waits for the person who has that."""
_NOT_BOOKED = """
    SELECT id FROM documents d WHERE kind = 'order' AND NOT EXISTS (SELECT 1 FROM deliveries e WHERE e.document = d.id)
"""


@dataclass
class Promises:
    """What the screen has called saved: the bytes of each document, as its submit gave them back."""

    bodies: dict[Name, str] = field(default_factory=dict)
    withdrawn: set[Name] = field(default_factory=set)
    """Taken back by the rep before the company had them."""

    def saved(self, document: str, revision: int, body: str) -> None:
        self.bodies[document, revision] = body

    def due(self) -> dict[Name, str]:
        """What the company must come to have."""
        return {name: body for name, body in self.bodies.items() if name not in self.withdrawn}


@dataclass(frozen=True, slots=True)
class Held:
    """A document as a file holds it."""

    state: str
    sha256: str
    body: str

    @property
    def whole(self) -> bool:
        return fingerprint(self.body) == self.sha256


def compare(
    promises: Promises,
    devices: Iterable[Path] = (),
    server: Path | None = None,
    erp: Iterable[str] | None = None,
    *,
    quiet: bool = False,
    heard: bool = False,
    set_back: bool = False,
    doubts: bool = False,
) -> Harm:
    """Everything that must hold at any moment. `devices` and `server` are folders, `erp` the keys of what is booked.

    `quiet` is asked when all is healed and has come to rest: then the company has everything, and nothing waits.
    `heard` is asked when every device has heard of it: then what the rep reads is what the company says.
    `set_back` is said of a server that was, until devices have offered again what it forgot; `doubts` where two
    documents may bear one number as long as the office is told so.
    """
    devices = list(devices)
    files = [*(folder / DEVICE_FILE for folder in devices), *([server / SERVER_FILE] if server else [])]
    if broken := tuple(fault for file in files for fault in _broken_pages(file)):
        return Harm(half=broken)
    here: dict[Name, Held] = {}
    for folder in devices:
        here |= documents(folder / DEVICE_FILE)
    there = documents(server / SERVER_FILE) if server else {}
    harm = Harm(half=tuple(fault for folder in devices for fault in device_faults(folder / DEVICE_FILE)))
    harm += _kept(promises, here, there, forgetful=set_back)
    if server:
        harm += _taken_once(server / SERVER_FILE, there, doubts=doubts)
    if erp is not None:
        harm += Harm(duplicated=tuple(f"booked {times} times: {each}" for each, times in _several(erp)))
    if quiet and server:
        harm += _at_rest(promises, here, there, server / SERVER_FILE, erp)
    if heard:
        harm += Harm(half=tuple(_told_otherwise(here, there)))
    return harm


def documents(file: Path) -> dict[Name, Held]:
    table = "document" if file.name == DEVICE_FILE else "documents"
    if not _tables(file) & {table}:
        return {}
    rows = query(file, f"SELECT id, revision, state, sha256, body FROM {table}")
    return {(id_, revision): Held(*rest) for id_, revision, *rest in rows}


def device_faults(file: Path) -> Iterator[str]:
    """What is wrong inside one device's file."""
    if "document" not in _tables(file):
        return
    for document, revision, state, outbox, events in query(file, _PARTS):
        if outbox != (1 if state in UNSENT else 0):
            yield f"{document}/{revision} is {state} and stands {outbox} times in the outbox"
        if not events:
            yield f"{document}/{revision} has no history"
    yield from _wrong_moves(
        query(file, "SELECT id || '/' || revision, state FROM document_event ORDER BY position"), dict(_states(file))
    )
    yield from _gaps(file)
    yield from _without_receipt(file)


def _kept(promises: Promises, here: Mapping[Name, Held], there: Mapping[Name, Held], *, forgetful: bool) -> Harm:
    """Each promise is on a device or with the company, and its bytes are those that were promised."""
    lost, half = [], []
    for name, body in promises.bodies.items():
        copies = [each for each in (here.get(name), there.get(name)) if each is not None]
        if not copies:
            lost.append(f"{name} is nowhere")
        half += [f"{name} has other bytes than were saved" for copy in copies if copy.body != body or not copy.whole]
        delivered = name in here and here[name].state in {State.DELIVERED, State.CONFIRMED}
        if delivered and name not in there and there and not forgetful:
            lost.append(f"{name} is called {here[name].state} and the company does not have it")
    return Harm(lost=tuple(lost), half=tuple(half))


def _taken_once(file: Path, there: Mapping[Name, Held], *, doubts: bool) -> Harm:
    """Nothing stands twice with the company, and each document's parts were committed with it."""
    names = query(file, "SELECT id, revision FROM documents")
    twice = tuple(f"{name} was taken {times} times" for name, times in _several(names))
    numbered = "SELECT DISTINCT number, id FROM documents WHERE kind != 'barcode'"
    numbers = query(file, numbered + (_UNDOUBTED if doubts else ""))
    twice += tuple(f"{number} was given to {times} documents" for number, times in _several(n for n, _ in numbers))
    half = [f"{name} was taken with other bytes than were hashed" for name, held in there.items() if not held.whole]
    parts = query(
        file,
        "SELECT id, revision FROM documents d WHERE NOT EXISTS"
        " (SELECT 1 FROM document_events e WHERE (e.document, e.revision) = (d.id, d.revision))",
    )
    half += [f"{name} was taken without its history" for name in parts]
    stray = "SELECT document, revision FROM deliveries EXCEPT SELECT id, revision FROM documents"
    half += [f"{name} goes to the ERP and was never taken" for name in query(file, stray)]
    return Harm(duplicated=twice, half=tuple(half))


def _at_rest(
    promises: Promises,
    here: Mapping[Name, Held],
    there: Mapping[Name, Held],
    file: Path,
    erp: Iterable[str] | None,
) -> Harm:
    """Nobody did anything: the queue has drained, and what was taken has reached the ERP."""
    lost = [f"{name} never reached the company" for name in promises.due() if _missing(name, here, there)]
    lost += [f"{name} still waits" for name, held in here.items() if held.state in UNSENT]
    lost += [f"{document} is still {state} on its way to the ERP" for document, state in query(file, _UNSETTLED)]
    if erp is not None:
        lost += [f"{document} was taken and never goes to the ERP" for (document,) in query(file, _NOT_BOOKED)]
        booked = set(erp)
        done = query(file, "SELECT document FROM deliveries WHERE state = 'done'")
        lost += [f"{document} is called booked and is not" for (document,) in done if key(document) not in booked]
    return Harm(lost=tuple(lost))


def _told_otherwise(here: Mapping[Name, Held], there: Mapping[Name, Held]) -> Iterator[str]:
    for name in sorted(here.keys() & there.keys()):
        if here[name].state != there[name].state:
            yield f"{name} is called {here[name].state} on the device, {there[name].state} by the company"


def _missing(name: Name, here: Mapping[Name, Held], there: Mapping[Name, Held]) -> bool:
    """The company has it not, and no person was told what keeps it."""
    told = {State.REFUSED, State.CANCELLED, State.SUPERSEDED}
    return name not in there and not (name in here and here[name].state in told)


def _without_receipt(file: Path) -> Iterator[str]:
    told = "state IN ('delivered', 'confirmed') AND (delivered_at IS NULL OR sequence IS NULL)"
    for document, state in query(file, f"SELECT id, state FROM document WHERE {told}"):
        yield f"{document} is called {state} without a receipt"


def _gaps(file: Path) -> Iterator[str]:
    """Every number that was drawn is a document's: none was lost on the way, none was drawn twice."""
    counter = query(file, "SELECT value FROM setting WHERE name = 'document_counter'")
    drawn = int(counter[0][0]) if counter else 0
    first = query(file, "SELECT count(*), count(DISTINCT number) FROM document WHERE revision = 1")
    if first != [(drawn, drawn)]:
        yield f"{drawn} numbers were drawn, (documents, numbers) are {first[0]}"


def _wrong_moves(history: Iterable[tuple[str, str]], now: Mapping[str, str]) -> Iterator[str]:
    before: dict[str, str] = {}
    for document, state in history:
        last = before.setdefault(document, state)
        if state != last and state not in MOVES[State(last)]:
            yield f"{document} went from {last} to {state}"
        before[document] = state
    for document, state in now.items():
        if before.get(document, state) != state:
            yield f"{document} is {state}, and its history ends with {before[document]}"


def _states(file: Path) -> list[tuple[str, str]]:
    return query(file, "SELECT id || '/' || revision, state FROM document")


def _broken_pages(file: Path) -> Iterator[str]:
    try:
        found = query(file, "PRAGMA integrity_check")[0][0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        yield f"{file.name} is damaged: {found}"


def _tables(file: Path) -> set[str]:
    if not file.exists():
        return set()
    return {name for (name,) in query(file, "SELECT name FROM sqlite_master WHERE type = 'table'")}


def _several(things: Iterable[object]) -> list[tuple[object, int]]:
    return [(thing, times) for thing, times in Counter(things).items() if times > 1]


def query(file: Path, statement: str) -> list[tuple]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(statement).fetchall()
