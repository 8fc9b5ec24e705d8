"""Carts that reps have handed over, as the office sees them: where each is, and not what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from wizterm.domain.clock import moment
from wizterm.protocol.decoding import decoded
from wizterm.protocol.handover import CartLabel
from wizterm.server.deciding import Deciding, Role
from wizterm.server.office_error import OfficeError
from wizterm.server.store.base import rows
from wizterm.server.store.handing import HandoverRow
from wizterm.server.store.people import Device
from wizterm.server.store.store import Store

NEWEST = 500


@dataclass(frozen=True, slots=True)
class CartLine:
    id: str
    rep: str
    name: str
    customer: str
    """The name; empty for a guest cart."""
    lines: int
    total: Decimal
    currency: str
    device: str
    """Installation code of the device it came from."""
    at: datetime
    taken_by: str
    """Installation code; empty while it waits."""
    taken_at: datetime | None
    arrived: bool
    """Whether the device that took it has been heard since."""


@dataclass(frozen=True, slots=True)
class CartList:
    store: Store
    by: Deciding

    def all(self, rep: str = "") -> tuple[CartLine, ...]:
        """Of one rep or of all; those that wait first, then the newest."""
        row = HandoverRow
        with self.store.reading():
            query = row.select(
                row.id, row.rep, row.label, row.device, row.at, row.taken_by, row.taken_at, row.arrived_at
            )
            if rep:
                query = query.where(row.rep == rep)
            found = list(query.order_by(row.taken_by != "", row.at.desc(), row.id.desc()).limit(NEWEST))
            codes = dict(rows(Device.select(Device.id, Device.code)))
        return tuple(_line(each, codes) for each in found)

    def free(self, handover: str, *, also_arrived: bool = False) -> CartLine:
        """Let any device of the rep take it again; raises `OfficeError`."""
        waiting = {"taken_by": "", "taken_at": 0, "arrived_at": 0}
        with self.by.decide(Role.CLERK, "freed a cart of") as decision:
            row = HandoverRow.get_or_none(HandoverRow.id == handover)
            if row is None:
                raise OfficeError(f"No cart was handed over as {handover}: `admin carts list --json` has the ids.")
            if not row.taken_by:
                raise OfficeError("It waits on the server: any device of the rep takes it.")
            if not row.body:
                raise OfficeError("It was taken long ago, and what was in it is no longer kept.")
            if row.arrived_at and not also_arrived:
                raise OfficeError(
                    f"The device that took it has had it since {moment(row.arrived_at):%Y-%m-%d %H:%M}: where that one "
                    "is lost, or cannot read it, say --also-arrived."
                )
            HandoverRow.update(waiting).where(HandoverRow.id == handover).execute()
            codes = dict(rows(Device.select(Device.id, Device.code)))
            cart = _line(HandoverRow.get_by_id(handover), codes)
            decision.about = cart.rep
            decision.words = f"{cart.name or 'without a name'}, taken by {codes.get(row.taken_by, '?')} before"
            return cart


def _line(row: HandoverRow, codes: dict[str, str]) -> CartLine:
    said = decoded(row.label, CartLabel)
    return CartLine(
        id=row.id,
        rep=row.rep,
        name=said.name,
        customer=said.customer_name,
        lines=said.lines,
        total=said.total,
        currency=said.currency,
        device=codes.get(row.device, "?"),
        at=moment(row.at),
        taken_by=codes.get(row.taken_by, "?") if row.taken_by else "",
        taken_at=moment(row.taken_at) if row.taken_by else None,
        arrived=bool(row.arrived_at),
    )
