"""Building catalogue files beside the requests: who wants the same file at the same time waits for one build."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor

from wizterm.server.feeds.shelf import Shelf
from wizterm.server.scope import Scope


class Builder:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._thread = ThreadPoolExecutor(1, "catalogue-builder")
        self._lock = threading.Lock()
        self._under_way: dict[tuple[str, int], Future[None]] = {}

    def build(self, scope: Scope, schema: int) -> Future[None]:
        """Done when a fresh file of these lists is on the shelf."""
        key = (scope.fingerprint, schema)
        with self._lock:
            under_way = self._under_way.get(key)
            if under_way is None:
                under_way = self._under_way[key] = self._thread.submit(self._build, key, scope, schema)
            return under_way

    def close(self) -> None:
        """When the build under way is done; others are left."""
        self._thread.shutdown(cancel_futures=True)

    def _build(self, key: tuple[str, int], scope: Scope, schema: int) -> None:
        try:
            self._shelf.fill(scope, schema)
        finally:
            with self._lock:
                del self._under_way[key]
