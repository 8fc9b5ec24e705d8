"""Screens ask, services answer: writes by one thread in the order they were asked, look-ups by another.

Answers are messages. No thread here touches a widget, and nothing that was asked for is dropped; only a look-up that
a newer one has overtaken is.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, TypeVar

from textual.message import Message
from textual.message_pump import MessagePump

from wizterm.messages import WorkFailed

T = TypeVar("T")
Interrupt = Callable[[], None]
Slot = tuple[MessagePump, str]
"""Whose look-up, and of what."""


def _nothing() -> None:
    """Do nothing."""


class Desk:
    def __init__(
        self,
        *,
        interrupter: Callable[[], Interrupt] = lambda: _nothing,
        on_thread_end: Callable[[], None] = _nothing,
    ) -> None:
        """Start both threads.

        `interrupter` is called in the reading thread before each look-up and gives what another thread may call to
        stop it; the writer's queries are never stopped. `on_thread_end` closes what a thread has open.
        """
        self._writer = FirstComeFirstServed(on_thread_end)
        self._reader = LatestWins(interrupter, on_thread_end)

    def ask(
        self,
        work: Callable[[], T],
        answer: Callable[[T], Message],
        to: MessagePump,
        failed: Callable[[Exception], Message] = WorkFailed,
    ) -> None:
        """Do the work after all that was asked before, then post its answer, or that it failed."""
        self._writer.put(_Request(work, answer, to, failed))

    def look(
        self,
        slot: str,
        work: Callable[[], T],
        answer: Callable[[T], Message],
        to: MessagePump,
        failed: Callable[[Exception], Message] = WorkFailed,
    ) -> None:
        """Look something up and post the answer, unless a newer look of the same asker in this slot overtakes it.

        A page that is being left may ask after the next one has: each asker has slots of its own.
        """
        self._reader.put((to, slot), _Request(work, answer, to, failed))

    def close(self, seconds: float = 5.0) -> None:
        """Stop looking, do all that was asked, and end both threads; wait for each no longer than this."""
        self._reader.close(seconds)
        self._writer.close(seconds)


class FirstComeFirstServed:
    """One thread that does everything it is given, in order; the interpreter waits for it at the end."""

    def __init__(self, on_thread_end: Callable[[], None]) -> None:
        self._on_thread_end = on_thread_end
        self._waiting: SimpleQueue[_Request | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="desk-writer")
        self._thread.start()

    def put(self, request: _Request) -> None:
        self._waiting.put(request)

    def close(self, seconds: float) -> None:
        self._waiting.put(None)
        self._thread.join(seconds)

    def _run(self) -> None:
        while (request := self._waiting.get()) is not None:
            request.reply(request.outcome())
        self._on_thread_end()


class LatestWins:
    """One thread and, for each slot, the newest look-up that waits; the slots take turns."""

    def __init__(self, interrupter: Callable[[], Interrupt], on_thread_end: Callable[[], None]) -> None:
        self._interrupter = interrupter
        self._on_thread_end = on_thread_end
        self._changed = threading.Condition()
        self._waiting: OrderedDict[Slot, _Request] = OrderedDict()
        self._running: Slot | None = None
        self._interrupt: Interrupt = _nothing
        self._overtaken = False
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="desk-reader", daemon=True)
        self._thread.start()

    def put(self, slot: Slot, request: _Request) -> None:
        with self._changed:
            self._waiting[slot] = request
            if self._running == slot:
                self._stop_running()
            self._changed.notify()

    def close(self, seconds: float) -> None:
        with self._changed:
            self._closing = True
            self._waiting.clear()
            self._stop_running()
            self._changed.notify()
        self._thread.join(seconds)

    def _stop_running(self) -> None:
        self._overtaken = True
        self._interrupt()

    def _run(self) -> None:
        while (request := self._take()) is not None:
            message = request.outcome(self._make_ready)
            with self._changed:
                self._running, self._interrupt = None, _nothing
                wanted = not self._overtaken
            if wanted:
                request.reply(message)
        self._on_thread_end()

    def _take(self) -> _Request | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closing or bool(self._waiting))
            if self._closing:
                return None
            self._running, request = self._waiting.popitem(last=False)
            self._overtaken = False
            return request

    def _make_ready(self) -> None:
        interrupt = self._interrupter()
        with self._changed:
            self._interrupt = interrupt


@dataclass(frozen=True, slots=True)
class _Request:
    work: Callable[[], Any]
    answer: Callable[[Any], Message]
    to: MessagePump
    failed: Callable[[Exception], Message]

    def outcome(self, prepare: Callable[[], None] = _nothing) -> Message:
        try:
            prepare()
            return self.answer(self.work())
        except Exception as error:  # noqa: BLE001 - the edge of our thread: whoever asked is told
            return self.failed(error)

    def reply(self, message: Message) -> None:
        with suppress(RuntimeError):  # the app has ended, and with it whoever asked
            self.to.post_message(message)
