"""Bringing the pictures down: those the catalogue names and this machine lacks, each once, whoever shares it.

They stay under a size: the best sellers' pictures come first, and what the catalogue names no more goes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Final

from wizterm.db.picture_files import FOLDER, MOST_BYTES, picture_path
from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_reader import ReplicaReader
from wizterm.sync.fetch import CancelledError, WrongFileError
from wizterm.sync.progress import Meter, Progress, Step

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class Pictures:
    def __init__(
        self,
        fetch: Callable[[str], bytes],
        device_folder: Path,
        *,
        most_bytes: int = MOST_BYTES,
        tell: Callable[[Progress], None],
        cancelled: Callable[[], bool],
        monotonic: Callable[[], float],
    ) -> None:
        self._fetch = fetch
        self._folder = device_folder
        self._most_bytes = most_bytes
        self._tell = tell
        self._cancelled = cancelled
        self._monotonic = monotonic

    def run(self) -> int:
        """Fetch what is missing; a picture that is there is never fetched again. Gives how many came."""
        missing = self._missing()
        meter = Meter(Step.PICTURES, sum(size for _, size in missing), tell=self._tell, monotonic=self._monotonic)
        done = 0
        for digest, size in missing:
            if self._cancelled():
                raise CancelledError
            self._keep(digest, self._fetch(digest))
            meter.at(done := done + size)
        return len(missing)

    def _missing(self) -> list[tuple[str, int]]:
        wanted = self._wanted()
        self._drop_others(set(wanted))
        return [(digest, size) for digest, size in wanted.items() if not picture_path(self._folder, digest).exists()]

    def _wanted(self) -> dict[str, int]:
        """Pictures with their sizes, the first of each product before any second, as many as there is room for."""
        reader = ReplicaReader(ReplicaFiles(self._folder).current)
        try:
            named = reader.rows(
                "SELECT sha256, max(bytes) FROM media JOIN products USING (sku) GROUP BY sha256 "
                "ORDER BY min(position), min(products.row)"
            )
        finally:
            reader.close()
        wanted, room = {}, self._most_bytes
        for digest, size in named:
            if _DIGEST.fullmatch(digest) and 0 < size <= room:
                wanted[digest] = size
                room -= size
        return wanted

    def _drop_others(self, wanted: set[str]) -> None:
        for path in (self._folder / FOLDER).glob("*/*"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def _keep(self, digest: str, content: bytes) -> None:
        if sha256(content).hexdigest() != digest:
            raise WrongFileError(
                f"A picture arrived damaged ({digest[:12]}…). It is fetched again at the next Media Sync."
            )
        path = picture_path(self._folder, digest)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
