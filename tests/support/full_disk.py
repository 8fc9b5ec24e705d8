"""A disk that takes nothing more, for as long as a test says."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def nothing_can_be_written() -> Iterator[None]:
    """No file of this process can be written, as on a disk that is full. Read what a test prints only afterwards."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def small_disk(at: Path, size: str = "4m") -> Iterator[bool]:
    """A disk of this size mounted at the folder; False where this person may not mount one."""
    mounted = _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at))
    try:
        yield mounted
    finally:
        if mounted:
            _run("umount", "--lazy", str(at))


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Every free byte of the disk is taken."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            pass
    try:
        yield
    finally:
        ballast.unlink()


def _run(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
