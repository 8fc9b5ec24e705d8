"""Bringing the pictures down: those the catalogue names and this machine lacks, each once, whoever shares it.

They stay under a size: the best sellers' pictures come first, and what the catalogue names no more goes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from wizterm.db.picture_files import FOLDER, MOST_BYTES, picture_path
from wizterm.db.replica_files import ReplicaFiles
from wizterm.db.replica_reader import ReplicaReader
from wizterm.protocol.faults import Unreachable, UnreachableError
from wizterm.protocol.media import MOST_BYTES as LARGEST
from wizterm.protocol.problem import Code, ProblemError
from wizterm.sync.fetch import CancelledError, WrongFileError
from wizterm.sync.progress import Meter, Progress, Step

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


MOST_IN_A_ROW: Final = 20
"""Pictures over which the server failed one after the other: then it is not the pictures' fault."""


@dataclass(frozen=True, slots=True)
class Fetched:
    came: int
    left_out: int

    @property
    def words(self) -> str:
        """A sentence where some are missing."""
        if not self.left_out:
            return ""
        which = "1 picture" if self.left_out == 1 else f"{self.left_out:,} pictures"
        return f"{which} of {self.came + self.left_out:,} could not be fetched: the next Media Sync tries again."


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

    def run(self) -> Fetched:
        """Fetch what is missing; a picture that is there is never fetched again.

        One that the server does not give, or that arrives damaged, is left out, and is missing the next time.
        """
        missing = self._missing()
        meter = Meter(Step.PICTURES, sum(size for _, size in missing), tell=self._tell, monotonic=self._monotonic)
        done, came, in_a_row = 0, 0, 0
        for digest, size in missing:
            if self._cancelled():
                raise CancelledError
            try:
                self._keep(digest, self._fetch(digest))
                came, in_a_row = came + 1, 0
            except (WrongFileError, ProblemError, UnreachableError) as error:
                in_a_row += _is_trouble(error)
                if not (_is_trouble(error) or _is_of_this_picture(error)) or in_a_row == MOST_IN_A_ROW:
                    raise
            meter.at(done := done + size)
        return Fetched(came, len(missing) - came)

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
            if _DIGEST.fullmatch(digest) and 0 < size <= min(room, LARGEST):
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


def _is_of_this_picture(error: Exception) -> bool:
    """Whether the next one may well come; a sign-in that ended or a line that broke stops them all."""
    if isinstance(error, ProblemError):
        return error.code in {Code.NOT_FOUND, Code.BAD_REQUEST}
    return isinstance(error, WrongFileError)


def _is_trouble(error: Exception) -> bool:
    """Whether the server failed, perhaps over this picture alone."""
    if isinstance(error, ProblemError):
        return error.code == Code.SERVER_TROUBLE
    return isinstance(error, UnreachableError) and error.kind is Unreachable.GATEWAY
