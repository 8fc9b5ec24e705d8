"""A cart at other prices, before it is so."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from wizterm.screens.confirm import Confirm
from wizterm.screens.proposal_words import proposal_words
from wizterm.services.repricing import Proposal


class ProposalSheet(Confirm):
    """Enter says yes too: nothing is lost, since the customer or the list can be changed back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "yes", show=False)]

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(
            f"Choose {proposal.for_} for this cart?", words=proposal_words(proposal), yes="choose", no="change nothing"
        )
        self._answers = "Enter choose · Esc change nothing"
