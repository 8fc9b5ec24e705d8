"""`GET /v1/ping?nonce=`: tells our server from whatever else answers in its place."""

from __future__ import annotations

from datetime import datetime

import msgspec

PATH = "/v1/ping"


class Pong(msgspec.Struct, frozen=True, kw_only=True):
    nonce: str
    """The caller's own, echoed: a cached page or a portal cannot know it."""
    server: str
    """The server's id, made when its store was made; a device stores it at first sign-in."""
    epoch: str
    """Changes when the store was restored from a backup."""
    time: datetime
    protocol: int
