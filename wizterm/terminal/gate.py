"""Where scans are told from typing, before any widget sees a key."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from textual import events
from textual.message import Message

from wizterm.terminal.pasting import GROUP_SEPARATOR
from wizterm.terminal.scan_machine import Outcome, Passed, ScanMachine, Settled, Tried
from wizterm.terminal.strokes import Stroke

LONGEST_WAIT = 1.0


class Gate(Protocol):
    """Stands between the parsed keys and the app."""

    @property
    def wait(self) -> float:
        """Seconds the gate can go without a tick."""

    def feed(self, message: Message, at: float) -> Iterable[Message]:
        """What may pass now that this has come, in order; held messages pass later."""

    def tick(self) -> Iterable[Message]:
        """What may pass because nothing came for a while."""


class OpenGate:
    """Lets everything pass at once."""

    wait = LONGEST_WAIT

    def feed(self, message: Message, at: float) -> Iterable[Message]:  # noqa: ARG002 - the protocol sets the signature
        return (message,)

    def tick(self) -> Iterable[Message]:
        return ()


class KeyOnTrial(events.Event, bubble=False):
    """A key that may be part of a scan."""

    def __init__(self, key: events.Key) -> None:
        super().__init__()
        self.key = key


class TrialOver(events.Event, bubble=False):
    """All keys on trial were typed by a person."""


class Scanned(events.Event, bubble=False):
    """A scan is complete; all keys on trial belong to it."""

    def __init__(self, text: str, *, cut: bool = False) -> None:
        super().__init__()
        self.text = text
        self.cut = cut
        """Whether it is incomplete or too long, and so means nothing."""


class ScanGate:
    """Lets the scan machine see every key."""

    def __init__(self, machine: ScanMachine, clock: Callable[[], float] = time.monotonic) -> None:
        self._machine = machine
        self._clock = clock

    @property
    def wait(self) -> float:
        deadline = self._machine.deadline
        return LONGEST_WAIT if deadline is None else min(max(deadline - self._clock(), 0.0), LONGEST_WAIT)

    def feed(self, message: Message, at: float) -> Iterator[Message]:
        if isinstance(message, events.Key):
            yield from map(_message, self._machine.feed(Stroke(message.key, message.character, at, message)))
        elif isinstance(message, events.Paste):
            yield from map(_message, self._machine.flush())
            text = message.text.strip("\r\n\t")
            yield Scanned(text) if self._machine.is_pasted_scan(text) else _words(message)
        else:
            yield from map(_message, self._machine.tick(at))
            yield message

    def tick(self) -> Iterator[Message]:
        yield from map(_message, self._machine.tick(self._clock()))


def _words(paste: events.Paste) -> events.Paste:
    return events.Paste(paste.text.replace(GROUP_SEPARATOR, ""))


def _message(outcome: Outcome) -> Message:
    if isinstance(outcome, Passed):
        return _key(outcome.stroke)
    if isinstance(outcome, Tried):
        return KeyOnTrial(_key(outcome.stroke))
    return TrialOver() if isinstance(outcome, Settled) else Scanned(outcome.text, cut=outcome.cut)


def _key(stroke: Stroke) -> events.Key:
    if not isinstance(stroke.origin, events.Key):
        raise TypeError("a stroke of this gate comes from a key")
    return stroke.origin
