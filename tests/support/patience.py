"""How long tests wait for what is bound to come."""

import asyncio
import os
from collections.abc import Callable

HANG_GUARD = float(os.environ.get("HANG_GUARD", "120"))
"""Seconds, after which something hangs. On a quiet machine nothing takes a twentieth of it; others exist."""
A_MOMENT = 0.005


async def until(holds: Callable[[], object]) -> None:
    """Wait in an app's loop for what tells nobody that it has come."""
    async with asyncio.timeout(HANG_GUARD):
        while not holds():  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(A_MOMENT)
