"""The invariants of carts: one that a rep was shown is on one device, on the server or a document, and is so once.

As the books of documents, these read the files with plain SQL. Each cart bears a mark in its note, by which it is known
again under whatever id, and in whatever text it travels.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture.books import query
from tests.torture.layer import Harm
from wizterm.db.device import FILE as DEVICE_FILE
from wizterm.domain.cart import Cart
from wizterm.server.store.sqlite import FILE_NAME as SERVER_FILE

Lines = tuple[tuple[str, str], ...]
"""Product and count of each."""
_ON_DEVICE = """
    SELECT id, note, discarded, (SELECT json_group_array(json(body)) FROM
        (SELECT body FROM cart_line WHERE cart = c.id ORDER BY position))
    FROM cart c WHERE revision = 1
"""
_STILL_MOVING = "SELECT cart, stage FROM handover WHERE stage IN ('going', 'taking')"
_OPEN, _LOCKED = 0, 2


@dataclass
class CartPromises:
    """What stood in each cart when the rep last saw it, by its mark; and every mark that was given."""

    lines: dict[str, Lines | None] = field(default_factory=dict)
    """None where a change was under way when the rep's machine went off."""
    marks: list[str] = field(default_factory=list)

    def mark(self) -> str:
        self.marks.append(f"[cart {len(self.marks) + 1}]")
        return self.marks[-1]

    def kept(self, cart: Cart) -> None:
        self.lines[cart.note] = tuple((line.sku, str(line.count)) for line in cart.lines)


@dataclass
class _Places:
    """Where one cart is."""

    open: list[str] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    """On the server, for whoever takes it."""
    travelling: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    lines: set[Lines] = field(default_factory=set)
    """Where somebody can go on with it; elsewhere it may stand as it was once."""

    @property
    def all(self) -> list[str]:
        return [*self.open, *self.locked, *self.waiting, *self.travelling, *self.documents]

    @property
    def in_hand(self) -> list[str]:
        """Where somebody can go on with it; a document is the end of a cart."""
        return [*self.open, *self.waiting, *sorted(self.documents)]


def compare_carts(
    promises: CartPromises, devices: Iterable[Path], server: Path, *, quiet: bool = False, twins: bool = False
) -> Harm:
    """`quiet` is asked when all has come to rest; `twins` where a disk was copied or the server set back.

    Then a cart may stand open in two places, but becomes one order all the same.
    """
    devices = list(devices)
    found = _found(promises.marks, devices, server)
    lost, doubled, half = [], [], []
    for mark, places in found.items():
        if mark in promises.lines and not (places.in_hand if quiet else places.all):
            lost.append(f"{mark} is nowhere; it stands in {places.all}")
        once = sorted(places.documents) if twins else [*places.open, *sorted(places.documents)]
        if len(once) > 1:
            doubled.append(f"{mark} is {' and '.join(once)}")
        promised = promises.lines.get(mark)
        if promised is not None and places.lines - {promised}:
            half.append(f"{mark} has {places.lines}, not {promised}")
    if quiet:
        for folder in devices:
            lost += [f"{cart} is {stage} at rest" for cart, stage in query(folder / DEVICE_FILE, _STILL_MOVING)]
    return Harm(tuple(lost), tuple(doubled), tuple(half))


def _found(marks: Iterable[str], devices: list[Path], server: Path) -> dict[str, _Places]:
    found = {mark: _Places() for mark in marks}
    for folder in devices:
        file, name = folder / DEVICE_FILE, folder.name
        for cart, mark, discarded, lines in query(file, _ON_DEVICE):
            if mark in found:
                if discarded == _OPEN:
                    found[mark].lines.add(_lines(json.loads(lines)))
                {_OPEN: found[mark].open, _LOCKED: found[mark].locked}.get(discarded, []).append(f"{cart} on {name}")
        for handover, body in query(file, "SELECT id, body FROM handover WHERE stage IN ('arrived', 'unreadable')"):
            for places in _of(found, body):
                places.travelling.append(f"{handover} to {name}")
        _note_documents(found, query(file, "SELECT id, body FROM document"))
    for handover, body, taker in query(server / SERVER_FILE, "SELECT id, body, taken_by FROM handovers"):
        for places in _of(found, body):
            (places.travelling if taker else places.waiting).append(handover)
            if not taker:
                places.lines.add(_lines(json.loads(body)["cart"]["lines"]))
    _note_documents(found, query(server / SERVER_FILE, "SELECT id, body FROM documents"))
    return found


def _note_documents(found: dict[str, _Places], rows: Iterable[tuple[str, str]]) -> None:
    for document, body in rows:
        for places in _of(found, body):
            places.documents.add(document)


def _of(found: dict[str, _Places], body: str) -> Iterator[_Places]:
    yield from (places for mark, places in found.items() if mark in body)


def _lines(lines: list[dict[str, object]]) -> Lines:
    return tuple((str(line["sku"]), str(line["count"])) for line in lines)
