"""What the ERP's answer does to documents: confirmed, refused, cancelled; and a new customer's number."""

from __future__ import annotations

from wizterm.connectors.base import Refused
from wizterm.domain.document import State
from wizterm.domain.ids import NewId
from wizterm.protocol.bodies import CancellationBody, OrderBody
from wizterm.protocol.replica import BY_NAME
from wizterm.server import deliveries
from wizterm.server.deliveries import DeliveryState
from wizterm.server.dispatch.claiming import Claim
from wizterm.server.dispatch.following import SetAside
from wizterm.server.dispatch.replaced import OVER, booked_all_the_same
from wizterm.server.refusing import refuse
from wizterm.server.states import Move, States
from wizterm.server.store.base import rows
from wizterm.server.store.engine import held
from wizterm.server.store.mirror import MIRROR, column, columns
from wizterm.server.store.paperwork import TakenDocument
from wizterm.server.store.upserting import upsert
from wizterm.server.store.writing import Writing


class Booking:
    def __init__(self, new_id: NewId) -> None:
        self._states = States(new_id)

    def instead(self, claimed: Claim) -> SetAside | None:
        """What a newer revision took the place of is looked up, where the ERP may have it, and never sent."""
        if claimed.standing in OVER and not claimed.look_up:
            return SetAside(DeliveryState.DROPPED, f"The document was {claimed.standing} before it was booked.")
        return None

    def done(self, writing: Writing, claimed: Claim, external: str, _words: str, now: int) -> None:
        document = claimed.document
        if claimed.standing in OVER:
            booked_all_the_same(claimed, external)
            return
        if isinstance(document.body, OrderBody):
            deliveries.let_follow(document.id, document.revision, now)
        self._states.move(writing, document.id, document.revision, Move(State.CONFIRMED, external=external), now)
        if isinstance(document.body, CancellationBody):
            self._cancel(writing, document.body.of, now)
        if document.kind == "customer":
            _number_customer(writing, document.id, external)

    def refused(self, writing: Writing, claimed: Claim, refusal: Refused, now: int) -> None:
        step = Move(State.REFUSED, words=refusal.words, field=refusal.field)
        refuse(writing, self._states, claimed.document, step, now)

    def _cancel(self, writing: Writing, document: str, now: int) -> None:
        newest = (
            TakenDocument.select().where(TakenDocument.id == document).order_by(TakenDocument.revision.desc()).get()
        )
        deliveries.drop(document, newest.revision)
        self._states.move(writing, document, newest.revision, Move(State.CANCELLED), now)


def _number_customer(writing: Writing, customer: str, number: str) -> None:
    """The ERP's number for a customer made in the field reaches every device."""
    table = BY_NAME["customers"]
    wanted = (column("customers", "id") == customer) & ~MIRROR["customers"].deleted
    for row in rows(held(MIRROR["customers"].select(*columns(table)).where(wanted))):
        upsert(writing, table, [(row[0], number, *row[2:])])
