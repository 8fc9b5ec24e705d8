"""When an app under test has come to rest: every message handled, all that was asked answered, everything painted.

It is told by what the app does, and by no clock: a slow machine takes longer, and on a quick one no time is lost.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Iterable
from typing import Any

from textual import events
from textual._context import message_hook
from textual.app import ScreenStackError
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen

from tests.support.patience import HANG_GUARD
from wizterm.desk import Desk
from wizterm.terminal.app import SteadyApp

A_MOMENT = 0.001
"""Seconds given away where somebody waits for a thread or a clock."""


class Settling(SteadyApp[None]):
    """To be named before the app that is tested."""

    desk: Desk

    class Answered(Message):
        """A thread of the desk has come to this point."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._handled = 0
        """Messages, by whomever."""
        self._answered = asyncio.Semaphore(0)

    async def _process_messages(self, *arguments: Any, **options: Any) -> None:
        message_hook.set(self._count)
        await super()._process_messages(*arguments, **options)

    def on_settling_answered(self) -> None:
        self._answered.release()

    async def settle(self, _: Pilot[Any] | None = None) -> None:
        """Wait until everything that was asked has been answered and shown, and all that came of it."""
        before = -1
        message_hook.set(self._count)  # for screens that the test itself brings up
        async with asyncio.timeout(HANG_GUARD):
            while self._handled != before and self._goes_on():
                await self.workers.wait_for_complete()
                await self.rest()
                before = self._handled + 2
                await self._desk_has_answered()
                await self.rest()

    async def rest(self) -> None:
        """Wait until every message has been handled and shown; what the desk was asked may still be under way."""
        async with asyncio.timeout(HANG_GUARD):
            while self._goes_on() and (self._is_busy() or self._paint_what_waits()):
                await _let_others_go_on()

    def burst(self, *keys: str) -> None:
        """Press keys faster than any of them is handled, as a scanner does."""
        for key in keys:
            self.post_message(_pressed(key))

    async def _press_keys(self, keys: Iterable[str]) -> None:
        """Each key when the one before has been handled and shown."""
        for key in keys:
            self.post_message(_pressed(key))
            await self.rest()

    async def _desk_has_answered(self) -> None:
        self.desk.ask(lambda: None, lambda _: self.Answered(), self)
        self.desk.look("settle", lambda: None, lambda _: self.Answered(), self)
        for _ in range(2):
            await self._answered.acquire()

    def _is_busy(self) -> bool:
        keys = self._keys._task
        return (
            _loop_is_busy()
            or (keys is not None and not keys.done())
            or not all(_is_at_rest(node) for node in [self, *self._registry])
        )

    def _paint_what_waits(self) -> bool:
        """Paint the screen on top; whether there was anything to paint."""
        screen = self.screen
        if getattr(screen, "unseen", False):
            return True
        waits = _has_something_to_paint(screen)
        if waits:
            screen._on_timer_update()
        return waits

    def _goes_on(self) -> bool:
        try:
            return self.is_running and not self._exit and self.screen is not None
        except ScreenStackError:
            return False

    def _count(self, _: Message) -> None:
        self._handled += 1


def _is_at_rest(node: MessagePump) -> bool:
    """Whether it waits for its next message, or has ended."""
    if node._closed or node._task is None or node._task.done():
        return True
    queue = node._message_queue
    return queue.empty() and bool(queue.ready_event._waiters)


def _loop_is_busy() -> bool:
    """Whether anything can be done without a thread, a clock or the network."""
    return bool(asyncio.get_running_loop()._ready)


async def _let_others_go_on() -> None:
    await asyncio.sleep(0 if _loop_is_busy() else A_MOMENT)


def _has_something_to_paint(screen: Screen[Any]) -> bool:
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


def _pressed(key: str) -> events.Key:
    """As Textual's pilot makes it."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    try:
        character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
    except KeyError:
        character = name if len(name) == 1 else None
    return events.Key(name, character)
