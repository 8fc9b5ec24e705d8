"""Comparing the ERP's books with the journal, byte by byte; and tampering with them, to see that it is noticed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from wizterm.demo.journal import Entry
from wizterm.protocol.decoding import decoded

Sabotage = Literal["lose", "double", "change"]


@dataclass(frozen=True, slots=True)
class Verdict:
    documents: int
    lost: tuple[str, ...]
    """Numbers of documents."""
    doubled: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled or self.changed)

    def __str__(self) -> str:
        delivered = self.documents - len(self.lost)
        return (
            f"delivered {delivered} of {self.documents} documents, lost {len(self.lost)}, "
            f"duplicated {len(self.doubled)}, changed {len(self.changed)}"
        )


class _Booked(msgspec.Struct):
    document: msgspec.Raw


class _Head(msgspec.Struct):
    id: str
    number: str


def compare(journal: dict[str, Entry], books: Path) -> Verdict:
    """What the books hold, held against what was to be submitted. A document nobody submitted counts as doubled."""
    booked = [_body(path) for path in sorted(books.glob("*.json"))]
    heads = [decoded(body, _Head) for body in booked]
    times = Counter(head.id for head in heads)
    expected = {entry.id: entry.body.encode() for entry in journal.values()}
    return Verdict(
        documents=len(journal),
        lost=tuple(entry.number for entry in journal.values() if entry.id not in times),
        doubled=tuple(sorted({head.number for head in heads if times[head.id] > 1 or head.id not in expected})),
        changed=tuple(
            head.number
            for head, body in zip(heads, booked, strict=True)
            if head.id in expected and body != expected[head.id]
        ),
    )


def sabotage(books: Path, how: Sabotage) -> str:
    """Do to one booked order what must never happen. Gives the file's name."""
    victim = min(books.glob("order-*.json"))
    match how:
        case "lose":
            victim.unlink()
        case "double":
            (books / f"{victim.stem}-again.json").write_bytes(victim.read_bytes())
        case "change":
            text = victim.read_text(encoding="utf-8")
            victim.write_text(text.replace('"count": "', '"count": "1', 1), encoding="utf-8")
    return victim.name


def _body(path: Path) -> bytes:
    """The document in a book's file, without the white space the file was laid out with."""
    return msgspec.json.format(bytes(decoded(path.read_bytes(), _Booked).document), indent=-1)
