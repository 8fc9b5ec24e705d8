"""A file as a person names it."""

from __future__ import annotations

from pathlib import Path


class NoHomeError(Exception):
    """The name begins with a home that this machine does not have."""


def typed_path(name: str) -> Path:
    """The file that is meant; `~` is one's own home, and what begins nowhere begins where the program was started."""
    try:
        return Path(name.strip()).expanduser().absolute()
    except RuntimeError as error:
        raise NoHomeError(f"{name.strip()} begins with a home that is not on this machine: name it whole.") from error
