"""What several benchmarks stand on, made once for a run: the sample company's server and a device in sync with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from wizterm.demo.stage import Stage
from wizterm.demo.watching import sync_first

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ground:
    folder: Path
    """To write in, on the disk that is measured."""
    full: bool
    stage: Stage
    device: Path

    def choose(self, quick: T, full: T) -> T:
        return full if self.full else quick


@contextmanager
def ground(folder: Path, *, full: bool) -> Iterator[Ground]:
    stage = Stage(folder / "stage")
    stage.build()
    stage.open()
    try:
        device = folder / "device"
        sync_first(device, stage.address)
        yield Ground(folder, full, stage, device)
    finally:
        stage.close()
