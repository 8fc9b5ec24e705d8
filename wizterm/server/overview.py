"""How the company stands, in numbers that are true for all processes because the store has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from wizterm.domain.clock import moment
from wizterm.server import codes
from wizterm.server.deliveries import ERP, MAILS, DeliveryState
from wizterm.server.delivery_desk import UNSETTLED
from wizterm.server.doubt_desk import calling
from wizterm.server.store import ledger
from wizterm.server.store.base import rows
from wizterm.server.store.paperwork import Delivery, TakenDocument
from wizterm.server.store.people import Device, Rep
from wizterm.server.store.store import Store

NEEDS_PEOPLE = (DeliveryState.REFUSED, DeliveryState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Overview:
    documents: dict[str, int]
    """By state."""
    doubted: int
    """Documents whose doubts nobody has seen."""
    suggested: int
    """Codes that nobody has decided about; they are counted among the documents too."""
    deliveries: dict[str, int]
    """To the ERP, by state; those that are held are counted in `held` alone."""
    mails: dict[str, dict[str, int]]
    """By target and state, likewise; empty where none was ever to be sent."""
    held: int
    oldest_unsettled: datetime | None
    """When the document was taken that has waited longest for the ERP; held ones do not count."""
    oldest_mail: datetime | None
    """The same of mails."""
    last_taken: datetime | None
    devices: int
    shut_out: int
    last_seen: datetime | None
    unsent: int
    """What devices said waits on them when they called last."""
    reps: int
    sequence: int
    """Of the newest writing transaction."""
    catalogue: int
    """Of the newest one that changed what devices fetch."""

    def deliveries_in(self, *states: str) -> int:
        return sum(self.deliveries.get(state, 0) for state in states)

    def mails_in(self, *states: str) -> int:
        return sum(counts.get(state, 0) for counts in self.mails.values() for state in states)

    @property
    def needs_people(self) -> int:
        """Deliveries that go no further by themselves, documents that are doubted, codes to decide about."""
        stuck = self.deliveries_in(*NEEDS_PEOPLE) + self.mails_in(*NEEDS_PEOPLE)
        return stuck + self.doubted + self.suggested


def overview(store: Store) -> Overview:
    with store.reading():
        _, newest = _span(TakenDocument.select(fn.MIN(TakenDocument.taken_at), fn.MAX(TakenDocument.taken_at)))
        devices, shut_out, last_seen, unsent = _devices()
        deliveries, mails = _deliveries()
        return Overview(
            documents=_by_state(TakenDocument),
            doubted=TakenDocument.select().where(calling()).count(),
            suggested=TakenDocument.select().where(codes.waiting()).count(),
            deliveries=deliveries,
            mails=mails,
            held=Delivery.select().where(_held()).count(),
            oldest_unsettled=_oldest([ERP]),
            oldest_mail=_oldest(MAILS) if mails else None,
            last_taken=newest,
            devices=devices,
            shut_out=shut_out,
            last_seen=last_seen,
            unsent=unsent,
            reps=Rep.select().where(Rep.active).count(),
            sequence=ledger.reading_of(ledger.SEQUENCE),
            catalogue=ledger.reading_of(ledger.CATALOGUE),
        )


def _by_state(model: Any) -> dict[str, int]:
    return dict(rows(model.select(model.state, fn.COUNT(1)).group_by(model.state).order_by(model.state)))


def _deliveries() -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """To the ERP by state, and mails by target and state."""
    kind = (Delivery.target, Delivery.state)
    counts: dict[str, dict[str, int]] = {}
    for target, state, count in rows(Delivery.select(*kind, fn.COUNT(1)).where(~Delivery.held).group_by(*kind)):
        counts.setdefault(target, {})[state] = count
    return counts.pop(ERP, {}), counts


def _held() -> Any:
    return Delivery.held & Delivery.state.in_(list(UNSETTLED))


def _oldest(targets: Sequence[str]) -> datetime | None:
    same = (TakenDocument.id == Delivery.document) & (TakenDocument.revision == Delivery.revision)
    under_way = Delivery.target.in_(targets) & Delivery.state.in_(list(UNSETTLED)) & ~Delivery.held
    oldest, _ = _span(
        Delivery.select(fn.MIN(TakenDocument.taken_at), fn.MAX(TakenDocument.taken_at))
        .join(TakenDocument, on=same)
        .where(under_way)
    )
    return oldest


def _span(query: Any) -> tuple[datetime | None, datetime | None]:
    ((first, last),) = rows(query)
    return (None if first is None else moment(first), None if last is None else moment(last))


def _devices() -> tuple[int, int, datetime | None, int]:
    shut_out = Device.select().where(Device.revoked).count()
    count, seen = rows(Device.select(fn.COUNT(1), fn.MAX(Device.seen_at)))[0]
    said = (Device.unsent > 0) & ~Device.revoked
    unsent = rows(Device.select(fn.COALESCE(fn.SUM(Device.unsent), 0)).where(said))[0][0]
    return int(count), shut_out, None if seen is None else moment(seen), int(unsent)
