"""What follows from the outside's answer beyond the delivery itself, in the transaction that settles it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from wizterm.connectors.base import Refused
from wizterm.server.deliveries import DeliveryState
from wizterm.server.dispatch.claiming import Claim
from wizterm.server.store.writing import Writing


@dataclass(frozen=True, slots=True)
class SetAside:
    """Nobody was asked: the delivery goes to this state."""

    state: DeliveryState
    words: str = ""


class Following(Protocol):
    def instead(self, claimed: Claim) -> SetAside | None:
        """Where the outside is not to be asked at all."""
        ...

    def done(self, writing: Writing, claimed: Claim, external: str, words: str, now: int) -> None: ...

    def refused(self, writing: Writing, claimed: Claim, refusal: Refused, now: int) -> None: ...
