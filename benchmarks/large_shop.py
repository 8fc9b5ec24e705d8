"""A rep's folder with a large made-up catalogue, which no sync takes away."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.company import Ground
from benchmarks.type_ahead import make
from wizterm.db.device import open_device, set_setting
from wizterm.db.replica_files import ReplicaFiles

NOWHERE = "http://127.0.0.1:9"
"""The discard port."""


def device_with(ground: Ground, size: int, name: str) -> Path:
    """The folder of this name, with a catalogue of so many products."""
    folder = ground.folder / f"{name}-{size}"
    shutil.copytree(ground.device, folder)
    database = open_device(folder)
    set_setting(database, "address", NOWHERE)
    database.close()
    files = ReplicaFiles(folder)
    made = files.folder / "made.db"
    make(made, size)
    files.switch(files.accept(made))
    return folder
