"""Taking pictures in: a file's name is a product's SKU, and its content is its name from then on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from wizterm.domain.clock import Clock, milliseconds
from wizterm.protocol.media import MOST_BYTES
from wizterm.server.importing.context import Context
from wizterm.server.importing.faults import Faults
from wizterm.server.row_keys import joined
from wizterm.server.store.store import Store

KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"RIFF", "image/webp"))
"""What a file begins with, and what it then is."""
_FURTHER = re.compile(r"^(.+?)(?:~(\d{1,3}))?$")
"""`22423.png` is the first picture of 22423, `22423~2.png` the second."""


@dataclass(frozen=True, slots=True)
class _Picture:
    path: Path
    sku: str
    position: int
    content: bytes
    mime: str

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()


def add_pictures(
    store: Store, folder: Path, paths: Sequence[Path], clock: Clock, *, beside: Callable[[], None] = lambda: None
) -> int:
    """Keep the pictures in the folder and tell devices of them; how many were new or different.

    Raises `ImportRefusedError` with what is wrong; then no device hears of any. `beside` writes what is
    to commit with them.
    """
    faults = Faults()
    with store.importing() as writing:
        context = Context(writing, faults, milliseconds(clock.now()))
        pictures = list(_read(paths, context))
        known = context.known("products", "sku", (picture.sku for picture in pictures))
        for picture in pictures:
            if picture.sku not in known:
                faults.of(picture.path.name, 0, f"expected the sku of a product as its name, got {picture.sku[:60]!a}")
        faults.refuse()
        beside()
        for picture in pictures:
            _keep(folder, picture)
        return context.put("media", [_row(picture) for picture in pictures])


def _read(paths: Sequence[Path], context: Context) -> Iterator[_Picture]:
    for path in paths:
        match = _FURTHER.match(path.stem)
        content = path.read_bytes()
        mime = next((mime for begin, mime in KINDS if content.startswith(begin)), "")
        if match is None or not mime:
            context.faults.of(path.name, 0, "expected a PNG, JPEG or WebP picture")
        elif len(content) > MOST_BYTES:
            context.faults.of(path.name, 0, f"expected at most {MOST_BYTES:,} bytes, got {len(content):,}")
        else:
            yield _Picture(path, match[1], int(match[2] or 1), content, mime)


def _keep(folder: Path, picture: _Picture) -> None:
    """Equal pictures are one file."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = folder / picture.digest
    if not kept.exists():
        part = kept.with_suffix(".part")
        part.write_bytes(picture.content)
        part.replace(kept)


def _row(picture: _Picture) -> tuple[str | int, ...]:
    key = joined(picture.sku, str(picture.position))
    return key, picture.sku, picture.position, picture.digest, len(picture.content), picture.mime
