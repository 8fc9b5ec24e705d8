"""Carts to the server and from it: whatever was asked for and not heard of yet is asked again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from wizterm.db.handovers import Handing, Handovers, Stage
from wizterm.protocol.documents import fingerprint
from wizterm.protocol.faults import NEVER_ARRIVED, NotOurServerError, Stranger, UnreachableError
from wizterm.protocol.handover import HandedCarts, HandedOver, HandOver, TakenCart
from wizterm.protocol.problem import Code, ProblemError

_REFUSED: Final = frozenset({Code.BAD_REQUEST, Code.TOO_LARGE, Code.NOT_FOUND})
"""Said of this cart, and said again however often it were asked."""
_ELSEWHERE: Final = frozenset({Code.TAKEN_ELSEWHERE, Code.NOT_FOUND})


class Speaker(Protocol):
    """The calls, signed in."""

    def carts(self) -> HandedCarts: ...

    def hand_over(self, request: HandOver) -> HandedOver: ...

    def take_cart(self, handover: str) -> TakenCart: ...


@dataclass(frozen=True, slots=True)
class HandingOver:
    speaker: Speaker
    handovers: Handovers

    def run(self) -> tuple[str, ...]:
        """Everything that waits for an answer, then what the server tells; gives sentences for the rep.

        Raises what the network can do; what was asked stays asked then, unless it cannot have been heard.
        """
        said = [self._hand_over(row) for row in self.handovers.outgoing()]
        said += [self._take(row) for row in self.handovers.wanted()]
        for row in self.handovers.hear(self.speaker.carts()):
            self._take_again(row)
        return tuple(words for words in said if words)

    def _hand_over(self, row: Handing) -> str:
        request = HandOver(id=row.id, label=row.label, sha256=row.sha256, body=self.handovers.body(row.id))
        self.handovers.trying(row.id)
        try:
            said = self.speaker.hand_over(request)
        except ProblemError as error:
            if error.code not in _REFUSED:
                raise
            return self._refused(row, str(error))
        except (UnreachableError, NotOurServerError) as error:
            if error.kind is Stranger.TOO_LARGE:
                return self._refused(row, str(error))
            if not row.tried and error.kind in NEVER_ARRIVED:
                self.handovers.give_back(row.id)
            raise
        if (said.id, said.sha256) != (row.id, row.sha256):
            raise NotOurServerError("Something answers with another cart than was handed over.")
        self.handovers.heard(said)
        if row.stage is Stage.TAKING:
            return ""
        return f"{row.label.name or 'The cart'} is on the server now: take it up on another device of yours."

    def _refused(self, row: Handing, words: str) -> str:
        """A refusal counts for a cart that the server does not have; one that was tried before may be there."""
        if row.tried:
            there = next((said for said in self.speaker.carts().carts if said.id == row.id), None)
            if there is not None:
                self.handovers.heard(there)
                return ""
        self.handovers.give_back(row.id)
        return f"{words} The cart stays on this device."

    def _take(self, row: Handing) -> str:
        try:
            taken = self.speaker.take_cart(row.id)
        except ProblemError as error:
            if error.code not in _ELSEWHERE:
                raise
            self.handovers.lost(row.id)
            return str(error)
        if (taken.handed.id, fingerprint(taken.body)) != (row.id, row.sha256):
            raise NotOurServerError("Something answers with another cart than was asked for.")
        self.handovers.arrived(row.id, taken.body)
        return ""

    def _take_again(self, row: Handing) -> None:
        """Have a server that was set back know again who has it; where another device was quicker, that has one too."""
        try:
            self.speaker.take_cart(row.id)
        except ProblemError as error:
            if error.code not in _ELSEWHERE:
                raise
