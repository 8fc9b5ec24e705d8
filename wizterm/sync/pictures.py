"""Bringing the pictures down: those the catalogue names and this machine lacks, each once, whoever shares it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Final

from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_reader import ReplicaReader
from wizterm.sync.fetch import CancelledError, WrongFileError
from wizterm.sync.progress import Meter, Progress, Step

FOLDER: Final = "media"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def picture_path(device_folder: Path, digest: str) -> Path:
    """Where a picture stands, or will."""
    return device_folder / FOLDER / digest[:2] / digest


class Pictures:
    def __init__(
        self,
        fetch: Callable[[str], bytes],
        device_folder: Path,
        *,
        tell: Callable[[Progress], None],
        cancelled: Callable[[], bool],
        monotonic: Callable[[], float],
    ) -> None:
        self._fetch = fetch
        self._folder = device_folder
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
        reader = ReplicaReader(ReplicaFiles(self._folder).current)
        try:
            named = reader.rows("SELECT sha256, max(bytes) FROM media GROUP BY sha256 ORDER BY min(row)")
        finally:
            reader.close()
        return [
            (digest, size)
            for digest, size in named
            if _DIGEST.fullmatch(digest) and not picture_path(self._folder, digest).exists()
        ]

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
