"""When a screen is painted: as soon as everybody who has something to paint has said so, and not faster than one sees.

Textual paints by a clock that goes on after every frame: what comes just after one, such as what a typed letter finds,
lies there for up to two of its 60 ticks a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from textual.screen import Screen

    Painted = Screen[Any]
else:  # Textual takes the styles of the first screen among a class's bases, and that is to be its own
    Painted = MessagePump

PERIOD = 1 / 60
"""Seconds from the beginning of a frame to the next one's at the soonest."""
ROUNDS = 4
"""Of the loop, in which widgets that change together come to say so: a message and what it leads to take three or four,
and whoever is late waits for the next frame."""
LAYOUTS = 3
"""At most, before a screen is seen: a text that gets its place, the room that scrolls around it, and one to spare."""


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

    def after_all(self, do: Callable[[], object], rounds: int = ROUNDS) -> None:
        """Do this when everybody has had a say, whatever is painted meanwhile."""
        if rounds:
            self._loop.call_soon(self.after_all, do, rounds - 1)
        else:
            do()

    def _gather(self, rounds: int) -> None:
        if rounds:
            self._due = self._loop.call_soon(self._gather, rounds - 1)
        else:
            self._due, self._begun = None, self._loop.time()
            self._paint()


class PaintsPromptly(Painted):
    """For screens, named before Textual's own."""

    unseen = False
    """Whether it is laid out and takes keys while what was there before still stands on the screen."""
    _frames: Frames | None = None

    @property
    def is_current(self) -> bool:
        """Whether it may paint: what lies beneath may only where the screen on top lets it through."""
        if self.unseen or not super().is_current:
            return False
        top = self.app.screen
        return top is self or top.styles.background.a < 1

    def let_see(self) -> None:
        """Paint what has not been seen yet, with all that its places lead to."""
        if self.unseen:
            self._update_timer.after_all(self._lay_out_unseen)

    @property
    def _update_timer(self) -> Any:
        """What Textual's screen resumes and pauses."""
        if self._frames is None:
            self._frames = Frames(self._paint, asyncio.get_running_loop())
        return self._frames

    def _lay_out_unseen(self, times: int = LAYOUTS) -> None:
        """What gets a place has another size then, and asks for another layout."""
        if not (self.unseen and self.is_attached):
            return
        if self._layout_required and times:
            self._refresh_layout()
            self._layout_required = False
            self._update_timer.after_all(lambda: self._lay_out_unseen(times - 1))
        else:
            self.unseen = False
            self._update_timer.resume()

    def _paint(self) -> None:
        """Not by a message: after each one Textual looks whether there is more to paint, and under a sheet there is."""
        try:
            self._on_timer_update()
        except Exception as error:  # noqa: BLE001 - the edge of the loop, where nobody else would end the app
            self.app._handle_exception(error)  # noqa: SLF001 - as Textual's own clock tells it

    def _on_timer_update(self) -> None:
        """Paint; where all is laid out anew and painted anew, Textual does it once for each."""
        if self._layout_required and self._repaint_required and self.is_current:
            self.unseen = True
            self._refresh_layout(scroll=self._scroll_required)
            self.unseen = self._layout_required = self._scroll_required = False
        super()._on_timer_update()
