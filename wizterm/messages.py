"""What the world tells the screens."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from wizterm.services.outlook import Outlook


@dataclass
class WorkFailed(Message):
    """Something that was asked for could not be done."""

    error: Exception


@dataclass
class OutlookChanged(Message):
    """The queue, the network or a sync moved on."""

    outlook: Outlook

    def can_replace(self, message: Message) -> bool:
        """A newer outlook says everything an older one did."""
        return isinstance(message, OutlookChanged)


class SignedOut(Message):
    """The rep leaves, and nothing is left behind unseen."""
