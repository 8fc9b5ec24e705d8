"""Keys are handled one at a time, in the order they came."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any

from textual.app import App, ScreenStackError
from textual.events import Event
from textual.message_pump import MessagePump

PATIENCE = 3.0  # seconds; a handler that takes longer no longer holds back the next key
ROUNDS = 6  # a handler's message may lead to another; longer chains do not happen between two keys


class KeyPump:
    """Holds the next key until every node from the focused widget up to the app has handled the one before.

    Textual runs a widget's own key handling at once but bindings only after the key has bubbled up to the app, so keys
    that arrive together overtake each other: `abc`, Enter, `def` would submit `abcdef`.
    """

    def __init__(
        self, app: App[Any], patience: float = PATIENCE, ready: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """`ready` returns once there is a screen that keys are meant for."""
        self._app = app
        self._patience = patience
        self._ready = ready or _at_once
        self._waiting: deque[Event] = deque()
        self._handed_on: deque[Event] = deque()
        self._path: Sequence[MessagePump] = ()
        self._task: asyncio.Task[None] | None = None

    def is_due(self, event: Event) -> bool:
        """Whether the pump has just handed this event on; if not it is to be put in line."""
        if self._handed_on and event is self._handed_on[0]:
            self._handed_on.popleft()
            self._path = _path(self._app)
            return True
        return False

    def put(self, event: Event) -> None:
        """Put an event in line; it is posted to the app when it is its turn."""
        self._waiting.append(event)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="key pump")

    def put_first(self, events: Sequence[Event]) -> None:
        """Put events in front of all that wait; for events that have waited already."""
        self._waiting.extendleft(reversed(events))

    def drop_last(self, kind: type[Event]) -> None:
        """Forget the events of this kind at the end of the line."""
        while self._waiting and isinstance(self._waiting[-1], kind):
            self._waiting.pop()

    async def all_handled(self) -> None:
        """Wait until every key posted so far is handled; a message handler must not, the pump waits for its end."""
        await _caught_up(self._app)
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    def stop(self) -> None:
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        while self._waiting and self._app.is_running:
            await self._patiently(self._screen_is_ready())
            if self._waiting:
                self._hand_on(self._waiting.popleft())
                await self._patiently(self._handled())

    def _hand_on(self, event: Event) -> None:
        self._handed_on.append(event)
        self._app.post_message(event)

    async def _handled(self) -> None:
        await _caught_up(self._app)
        await _settled(self._path)

    async def _screen_is_ready(self) -> None:
        """Wait for the screen on top to be mounted and to have its focus."""
        await self._ready()
        screen = None
        while screen is not self._app.screen:
            screen = self._app.screen
            await _caught_up(screen)
            await _caught_up(self._app)

    async def _patiently(self, waiting: Coroutine[Any, Any, None]) -> None:
        with suppress(TimeoutError, ScreenStackError):  # an app that is closing has no screen
            async with asyncio.timeout(self._patience):
                await waiting


async def _at_once() -> None:
    """Nothing to wait for."""


def _path(app: App[Any]) -> Sequence[MessagePump]:
    """The nodes a key passes, from the focused widget up."""
    return [node for node in (app.focused or app.screen).ancestors_with_self if isinstance(node, MessagePump)]


async def _settled(path: Sequence[MessagePump]) -> None:
    """Wait until the path has handled the key, what its handling posted, and what that led to.

    The first round follows the key itself, the second what a binding's action posted at the end of the first.
    """
    for round_ in range(ROUNDS):
        for node in path:
            await _caught_up(node)
        if round_ > 0 and not any(node.message_queue_size for node in path):
            return


async def _caught_up(node: MessagePump) -> None:
    """Wait until the node has handled what is in its queue now."""
    done = asyncio.Event()
    if node.call_later(done.set):
        await done.wait()
