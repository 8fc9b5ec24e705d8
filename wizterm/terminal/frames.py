"""When a screen is painted: as soon as everybody who has something to paint has said so, and not faster than one sees.

Textual paints by a clock that goes on after every frame: what comes just after one, such as what a typed letter finds,
lies there for up to two of its 60 ticks a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

from textual.message_pump import MessagePump
from textual.screen import Screen

PERIOD = 1 / 60
"""Seconds from the beginning of a frame to the next one's at the soonest."""
ROUNDS = 4
"""Of the loop, in which widgets that change together come to say so: a message and what it leads to take three or four,
and whoever is late waits for the next frame."""


class Frames:
    """Stands in the place of the screen's clock, and has the part of it that the screen uses."""

    def __init__(self, paint: Callable[[], object], loop: asyncio.AbstractEventLoop) -> None:
        self._paint = paint
        self._loop = loop
        self._due: asyncio.Handle | None = None
        self._begun = float("-inf")

    def resume(self) -> None:
        """There is something to paint."""
        if self._due is None:
            self._due = self._loop.call_at(max(self._loop.time(), self._begun + PERIOD), self._gather, ROUNDS)

    def pause(self) -> None:
        """It has been painted."""
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _gather(self, rounds: int) -> None:
        if rounds:
            self._due = self._loop.call_soon(self._gather, rounds - 1)
        else:
            self._due, self._begun = None, self._loop.time()
            self._paint()


class PaintsPromptly(MessagePump):
    """For screens, named before Textual's own."""

    _frames: Frames | None = None

    @property
    def _update_timer(self) -> Any:
        """What Textual's screen resumes and pauses."""
        if self._frames is None:
            paint = cast("Screen[Any]", self)._on_timer_update  # noqa: SLF001 - what Textual's own clock calls
            self._frames = Frames(lambda: self.call_later(paint), asyncio.get_running_loop())
        return self._frames
