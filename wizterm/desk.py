"""Screens ask, services answer: writes by one thread in the order they were asked, look-ups by another.

Answers are messages. No thread here touches a widget, and nothing that was asked for is dropped; only a look-up that
a newer one has overtaken is.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from textual.message import Message
from textual.message_pump import MessagePump

from wizterm.messages import WorkFailed

T = TypeVar("T")


def _nothing() -> None:
    """Do nothing."""


class Desk:
    def __init__(
        self, *, interrupt: Callable[[], None] = _nothing, on_thread_end: Callable[[], None] = _nothing
    ) -> None:
        """`interrupt` stops the look-up that is running; `on_thread_end` closes what a thread has open."""
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk-writer")
        self._reader = LatestWins(interrupt, on_thread_end)
        self._on_thread_end = on_thread_end

    def ask(self, work: Callable[[], T], answer: Callable[[T], Message], to: MessagePump) -> None:
        """Do the work after all that was asked before, then post its answer, or `WorkFailed`."""

        def reply(done: Future[T]) -> None:
            error = done.exception()
            if error is None:
                to.post_message(answer(done.result()))
            elif isinstance(error, Exception):
                to.post_message(WorkFailed(error))

        self._writer.submit(work).add_done_callback(reply)

    def look(self, slot: str, work: Callable[[], T], answer: Callable[[T], Message], to: MessagePump) -> None:
        """Look something up and post the answer, unless a newer look in the same slot overtakes it."""
        self._reader.put(slot, lambda: answer(work()), to)

    def close(self, seconds: float = 5.0) -> None:
        """Do all that was asked, then end both threads."""
        self._reader.close(seconds)
        self._writer.submit(self._on_thread_end)
        self._writer.shutdown(wait=True)


class LatestWins:
    """One thread and, for each slot, the newest look-up that waits."""

    def __init__(self, interrupt: Callable[[], None], on_thread_end: Callable[[], None]) -> None:
        self._interrupt = interrupt
        self._on_thread_end = on_thread_end
        self._changed = threading.Condition()
        self._waiting: OrderedDict[str, tuple[Callable[[], Message], MessagePump]] = OrderedDict()
        self._running = ""
        self._overtaken = False
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="desk-reader", daemon=True)
        self._thread.start()

    def put(self, slot: str, look: Callable[[], Message], to: MessagePump) -> None:
        with self._changed:
            self._waiting[slot] = (look, to)
            if self._running == slot:
                self._overtaken = True
                self._interrupt()
            self._changed.notify()

    def close(self, seconds: float) -> None:
        with self._changed:
            self._closing = self._overtaken = True
            self._waiting.clear()
            self._interrupt()
            self._changed.notify()
        self._thread.join(seconds)

    def _run(self) -> None:
        while (next_ := self._take()) is not None:
            look, to = next_
            answer = _answered(look)
            if not self._overtaken:
                to.post_message(answer)
        self._on_thread_end()

    def _take(self) -> tuple[Callable[[], Message], MessagePump] | None:
        with self._changed:
            self._running = ""
            self._changed.wait_for(lambda: self._closing or bool(self._waiting))
            if self._closing:
                return None
            self._running, next_ = self._waiting.popitem(last=False)
            self._overtaken = False
            return next_


def _answered(look: Callable[[], Message]) -> Message:
    try:
        return look()
    except Exception as error:  # noqa: BLE001 - the edge of our thread: whoever asked is told
        return WorkFailed(error)
