"""Where files live. Paths only: whoever writes makes the folder."""

from __future__ import annotations

from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("wizterm", appauthor=False)


def config_file() -> Path:
    return Path(_DIRS.user_config_path) / "wizterm.toml"


def devices_folder() -> Path:
    """One folder in it per server and rep."""
    return Path(_DIRS.user_data_path) / "devices"


def server_folder() -> Path:
    """Where a server keeps its store when it is told nothing else."""
    return Path(_DIRS.user_data_path) / "server"
