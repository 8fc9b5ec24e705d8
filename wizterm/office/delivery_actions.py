"""What a person decides about the delivery at hand, wherever it is shown."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from wizterm.bindings import bind
from wizterm.office import commands
from wizterm.office.page import OfficePage
from wizterm.screens.prompt import Prompt
from wizterm.server.deliveries import MAILS
from wizterm.server.delivery_desk import DeliveryRow

ASSIGN = "="
TRIES = "tries it again"


class DeliveryActions(OfficePage):
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.RETRY, commands.HOLD, commands.MAP, commands.GIVE_UP)

    @property
    def at_hand(self) -> DeliveryRow | None:
        """The delivery under the cursor, or of the document that is shown."""
        return None

    def action_retry(self) -> None:
        if (row := self.at_hand) is not None:
            self.decide(lambda office: office.deliveries.retry(row.document, row.target), "is tried again at once.")

    def action_hold(self) -> None:
        """Hold it, or let it go."""
        if (row := self.at_hand) is None:
            return
        if row.held:
            self.decide(lambda office: office.deliveries.release(row.document, row.target), "is let go.")
        else:
            self.decide(
                lambda office: office.deliveries.hold(row.document, row.target), "is held until you release it."
            )

    def action_give_up(self) -> None:
        """Ask why first: the rep reads it."""
        if (row := self.at_hand) is not None:
            hint = "The rep reads this and can mend the order. Look in the ERP first where it is uncertain."
            if row.target in MAILS:
                hint = "It stands in the document's history; the document itself stays as it is."
            ask = Prompt(f"Give {row.number} up? Say why", hint=hint, longest=300, enter="gives it up")
            self.app.push_screen(ask, lambda reason: self._give_up(row, reason))

    def action_map(self) -> None:
        """Ask what the ERP calls what it did not know."""
        if (row := self.at_hand) is None:
            return
        if row.target in MAILS:
            self.notify("Names are mapped for the ERP alone: a mail has none to map.")
            return
        if row.code == "unknown_customer":
            hint = "What the ERP calls the customer, such as 10412."
            ask = Prompt(f"{row.number}: the customer", hint=hint, enter=TRIES)
            self.app.push_screen(ask, lambda theirs: self._map_customer(row, theirs))
        elif row.unknown:
            hint = f"What the ERP calls our {row.unknown}, in every document from now on."
            ask = Prompt(f"{row.number}: {row.unknown}", hint=hint, enter=TRIES)
            self.app.push_screen(ask, lambda theirs: self._map_item(row, row.unknown, theirs))
        else:
            hint = "Our item or fee, =, and what the ERP calls it: 22423 = CAKE-3T"
            ask = Prompt(f"{row.number}: the item", hint=hint, enter=TRIES)
            self.app.push_screen(ask, lambda pair: self._map_pair(row, pair))

    def _give_up(self, row: DeliveryRow, reason: str | None) -> None:
        if reason is not None:
            self.decide(lambda office: office.deliveries.give_up(row.document, reason, row.target), "is given up.")

    def _map_customer(self, row: DeliveryRow, theirs: str | None) -> None:
        if theirs is not None:
            work = "is tried again under that name."
            self.decide(lambda office: office.deliveries.map_customer(row.document, theirs), work)

    def _map_pair(self, row: DeliveryRow, pair: str | None) -> None:
        if pair is not None:
            ours, _, theirs = (part.strip() for part in pair.partition(ASSIGN))
            self._map_item(row, ours, theirs)

    def _map_item(self, row: DeliveryRow, ours: str, theirs: str | None) -> None:
        if theirs is not None:
            work = "is tried again under that name."
            self.decide(lambda office: office.deliveries.map_item(row.document, ours, theirs), work)
