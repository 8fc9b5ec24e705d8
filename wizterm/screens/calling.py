"""Asking the company from a screen, in a thread of its own: a bad network may take its time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.dom import DOMNode
from textual.message import Message

from wizterm.messages import WorkFailed

T = TypeVar("T")


class Calling(DOMNode):
    def call(self, what: str, work: Callable[[], T], answer: Callable[[T], Message], *, quietly: bool = False) -> None:
        """Post the answer, or that it failed; a newer call about the same leaves an older one's answer unheard.

        `quietly`: what nobody asked for may fail without a word.
        """

        def run() -> None:
            try:
                said = work()
            except Exception as error:  # noqa: BLE001 - the edge of our thread: whoever asked is told
                if not quietly:
                    self.post_message(WorkFailed(error))
            else:
                self.post_message(answer(said))

        self.run_worker(run, group=what, exclusive=True, thread=True)
