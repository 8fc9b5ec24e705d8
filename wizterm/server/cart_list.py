"""Carts that reps have handed over, as the office sees them: where each is, and not what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from wizterm.domain.clock import moment
from wizterm.protocol.decoding import decoded
from wizterm.protocol.handover import CartLabel
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


@dataclass(frozen=True, slots=True)
class CartList:
    store: Store

    def all(self, rep: str = "") -> tuple[CartLine, ...]:
        """Of one rep or of all; those that wait first, then the newest."""
        row = HandoverRow
        with self.store.reading():
            query = row.select(row.id, row.rep, row.label, row.device, row.at, row.taken_by, row.taken_at)
            if rep:
                query = query.where(row.rep == rep)
            found = list(query.order_by(row.taken_by != "", row.at.desc(), row.id.desc()).limit(NEWEST))
            codes = dict(rows(Device.select(Device.id, Device.code)))
        return tuple(_line(each, codes) for each in found)


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
    )
