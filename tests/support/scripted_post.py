"""A server's intake that answers by script, and remembers what it was sent."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.outbox_device import number_of, receipt
from wizterm.protocol.documents import Answers, Batch


class ScriptedPost:
    """Takes everything, but for what `fails` says: by default nothing."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.bodies: dict[int, list[str]] = {}
        self.script: list[Exception | Callable[[Batch], Answers]] = []
        self.fails: Callable[[list[int]], Exception | None] = lambda numbers: None

    def __call__(self, batch: Batch) -> Answers:
        numbers = [number_of(envelope.id) for envelope in batch.documents]
        self.batches.append(numbers)
        for envelope in batch.documents:
            self.bodies.setdefault(number_of(envelope.id), []).append(envelope.body)
        step = self.script.pop(0) if self.script else self.fails(numbers)
        if isinstance(step, Exception):
            raise step
        return step(batch) if step else taken(batch)


def taken(batch: Batch) -> Answers:
    return Answers(answers=tuple(receipt(envelope) for envelope in batch.documents))
