"""Where files live. Paths only: whoever writes makes the folder."""

from __future__ import annotations

from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("wizterm", appauthor=False)


def config_file() -> Path:
    return Path(_DIRS.user_config_path) / "wizterm.toml"


def papers_folder() -> Path:
    """Where a person looks for what they had written: the first of these folders that is there."""
    usual = (Path(_DIRS.user_documents_path), Path(_DIRS.user_downloads_path), Path.cwd())
    return next((folder for folder in usual if folder.is_dir()), Path.home())


def devices_folder() -> Path:
    """One folder in it per server and rep."""
    return Path(_DIRS.user_data_path) / "devices"


def server_folder() -> Path:
    """Where a server keeps its store when it is told nothing else."""
    return Path(_DIRS.user_data_path) / "server"
