"""Whether this server can do its work now: what a load balancer asks before it sends anybody here."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from peewee import PeeweeException

from wizterm.server.store import ledger
from wizterm.server.store.migrating import unknown_layout
from wizterm.server.store.store import Store

LEAST_FREE = 200 * 1024 * 1024
"""Bytes: room for a catalogue file of a million products beside the store's growth."""


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    good: bool
    words: str


class Readiness:
    def __init__(self, store: Store, folder: Path, free: Callable[[Path], int] | None = None) -> None:
        """`free` says how many bytes there are room for."""
        self._store = store
        self._folder = folder
        self._free = free or (lambda path: shutil.disk_usage(path).free)

    def checks(self) -> tuple[Check, ...]:
        return self._store_answers(), self._layout_is_ours(), self._disk_has_room()

    def _store_answers(self) -> Check:
        try:
            with self._store.reading():
                ledger.fact("server")
        except PeeweeException as error:
            return Check("store", good=False, words=f"The store does not answer: {type(error).__name__}.")
        return Check("store", good=True, words="answers")

    def _layout_is_ours(self) -> Check:
        """Another process may have brought the store to a newer layout since this one began."""
        try:
            stranger = unknown_layout(self._store.engine)
        except PeeweeException as error:
            return Check("layout", good=False, words=f"The store does not answer: {type(error).__name__}.")
        if stranger:
            words = f"A newer version of this program has changed the store ({stranger}): install it here too."
            return Check("layout", good=False, words=words)
        return Check("layout", good=True, words="current")

    def _disk_has_room(self) -> Check:
        try:
            free = self._free(self._folder)
        except OSError as error:
            return Check("disk", good=False, words=f"{self._folder.name} cannot be read: {error.strerror}.")
        megabytes = free // 2**20
        if free < LEAST_FREE:
            return Check("disk", good=False, words=f"{megabytes} MB free: expected {LEAST_FREE // 2**20}. Make room.")
        return Check("disk", good=True, words=f"{megabytes} MB free")
