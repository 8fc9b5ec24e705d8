"""Pictures by content: a file named by its hash in one folder."""

from __future__ import annotations

import re
from pathlib import Path

from wizterm.protocol.problem import Code, problem

_HASH = re.compile(r"[0-9a-f]{64}")


class Pictures:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def picture(self, sha256: str) -> bytes:
        if _HASH.fullmatch(sha256):
            try:
                return (self._folder / sha256).read_bytes()
            except FileNotFoundError:
                pass
        raise problem(404, Code.NOT_FOUND, "No such picture", "There is no picture of that name.")
