"""An OAuth 2 session that outlives the process: one refresh token and one access token, for all workers of a server.

Some services give a new refresh token with every access token, and the one before is worth nothing then. The newest
is on the disk before anything is asked with it, in a file that only this user can read; a lock beside the file lets
one worker at a time fetch another.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from wizterm.connectors.faults import NotDone
from wizterm.connectors.http import LONG
from wizterm.locking import alone
from wizterm.protocol.decoding import decoded

EARLY = 120.0
"""Seconds before its end that an access token is not begun with any more: an errand takes as long."""


@dataclass(frozen=True, slots=True)
class Minted:
    """What a service gave for a refresh token."""

    access: str
    seconds: float
    refresh: str = ""
    """The refresh token from now on; empty where the one before goes on."""
    about: str = ""
    """What else it said that is to be kept, as the connector writes it."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says."""

    origin: str
    """Hash of the refresh token in the settings that all of this came from."""
    refresh: str
    access: str = ""
    until: float = 0.0
    """When the access token ends, in epoch seconds."""
    about: str = ""


Mint = Callable[[str], Minted]
"""Fetches an access token for a refresh token; raises a `Fault`."""


class OAuthSession:
    def __init__(self, file: Path, refresh_token: str, mint: Mint, now: Callable[[], float]) -> None:
        """`refresh_token` is the one of the settings: where it is another than before, the session begins anew."""
        self._file = file
        self._mint = mint
        self._now = now
        self._fresh = Kept(origin=sha256(refresh_token.encode()).hexdigest(), refresh=refresh_token)
        self._kept = self._fresh
        self._unwritten: Kept | None = None
        """What was fetched and could not be written: the token before it is worth nothing any more."""

    def current(self) -> Kept:
        """With an access token that lasts a while; raises a `Fault`."""
        if not self._lasts(self._kept):
            self._renew("")
        return self._kept

    def instead_of(self, refused: str) -> Kept:
        """With another access token than the one that was just refused; whoever comes first fetches it for all."""
        self._renew(refused)
        return self._kept

    def _renew(self, refused: str) -> None:
        try:
            with self._alone():
                if self._unwritten:
                    self._write(self._unwritten)
                kept = self._read()
                self._kept = kept if self._lasts(kept) and kept.access != refused else self._minted(kept)
        except OSError as error:
            words = f"{self._file} cannot be read and written: {error.strerror}. The session's tokens are kept there."
            raise NotDone(words, LONG) from error

    def _minted(self, before: Kept) -> Kept:
        minted = self._mint(before.refresh)
        kept = Kept(
            origin=before.origin,
            refresh=minted.refresh or before.refresh,
            access=minted.access,
            until=self._now() + minted.seconds,
            about=minted.about,
        )
        self._write(kept)
        return kept

    def _lasts(self, kept: Kept) -> bool:
        return bool(kept.access) and self._now() < kept.until - EARLY

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with alone(self._file.with_suffix(".lock")):
            yield

    def _read(self) -> Kept:
        """What another worker or an earlier process left, where it came from the same settings."""
        try:
            kept = decoded(self._file.read_bytes(), Kept)
        except (FileNotFoundError, msgspec.MsgspecError):
            return self._fresh
        return kept if kept.origin == self._fresh.origin else self._fresh

    def _write(self, kept: Kept) -> None:
        """The whole file or the one before; a temporary file is for its owner alone."""
        self._unwritten = kept
        with tempfile.NamedTemporaryFile(dir=self._file.parent, prefix=".tokens-", delete=False) as file:
            fresh = Path(file.name)
            try:
                file.write(msgspec.json.encode(kept))
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                with suppress(OSError):  # some systems keep an open file
                    fresh.unlink()
                raise
        fresh.replace(self._file)
        _sync(self._file.parent)
        self._unwritten = None


def _sync(folder: Path) -> None:
    """A file that was renamed keeps its name through a power cut."""
    if os.name == "nt":  # folders cannot be opened there; NTFS journals the rename
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
