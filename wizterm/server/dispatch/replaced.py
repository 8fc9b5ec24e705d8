"""A revision that the ERP turns out to have although a newer one took its place.

It happens after a restore: both come again, and what the ERP did with the older one is known nowhere else.
"""

from __future__ import annotations

import msgspec

from wizterm.domain.document import State
from wizterm.protocol.decoding import decoded
from wizterm.server import deliveries
from wizterm.server.deliveries import ERP, DeliveryState
from wizterm.server.dispatch.claiming import Claim
from wizterm.server.intake.doubts import Doubt
from wizterm.server.store.paperwork import Delivery, TakenDocument

OVER = frozenset({State.SUPERSEDED, State.CANCELLED})
_HOLDABLE = (DeliveryState.WAITING, DeliveryState.UNKNOWN)


def booked_all_the_same(claimed: Claim, external: str) -> None:
    """Keep the newer revision from being booked beside it, and have a person look."""
    old = claimed.document
    newest = TakenDocument.select().where(TakenDocument.id == old.id).order_by(TakenDocument.revision.desc()).get()
    waits = deliveries.of(old.id, newest.revision) & (Delivery.target == ERP) & Delivery.state.in_(list(_HOLDABLE))
    Delivery.update(held=True).where(waits).execute()
    words = (
        f"Revision {old.revision} is booked in the ERP as {external}, though {newest.revision} took its place: "
        "cancel one of the two there. What was not booked yet is held until it is released."
    )
    doubts = [*decoded(newest.flags, list[Doubt]), Doubt("older_booked", words)]
    TakenDocument.update(flags=msgspec.json.encode(doubts).decode(), doubted=True).where(
        (TakenDocument.id == old.id) & (TakenDocument.revision == newest.revision)
    ).execute()
