"""What can go wrong on the way to an ERP and back, told apart by what may have been done there."""

from __future__ import annotations


class Fault(Exception):  # noqa: N818 - a kind of answer, met on good days too
    """The message is a sentence for a person."""


class NotDone(Fault):
    """Certainly not done, through no fault of the document."""

    def __init__(self, words: str, seconds: float) -> None:
        super().__init__(words)
        self.seconds = seconds


class Lost(Fault):
    """It was sent, and nobody knows whether it was done."""


class Said(Fault):
    """The ERP looked at it and said no; nothing of it was done."""


class Unknown(Fault):
    """The ERP does not know what the document names; nothing was sent."""

    def __init__(self, words: str, field: str, code: str) -> None:
        super().__init__(words)
        self.field = field
        self.code = code
