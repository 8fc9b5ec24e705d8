"""Where characters may be held back before any widget sees them."""

from collections.abc import Iterable
from typing import Protocol

from textual.message import Message


class Gate(Protocol):
    """Stands in the input thread, between the parsed keys and the app."""

    @property
    def wait(self) -> float:
        """Seconds the gate can go without a tick."""

    def feed(self, message: Message) -> Iterable[Message]:
        """What may pass now that this has come, in order; held messages pass later."""

    def tick(self) -> Iterable[Message]:
        """What may pass because nothing came for a while."""


class OpenGate:
    """Lets everything pass at once."""

    wait = 1.0

    def feed(self, message: Message) -> Iterable[Message]:
        return (message,)

    def tick(self) -> Iterable[Message]:
        return ()
