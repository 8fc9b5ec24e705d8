"""Carts on the server: those handed over here, those that wait for this device, and what became of them.

A cart that is handed over stands in its own rows still, locked, until another device has it. Its text is frozen with
the lock, in one transaction, and what is about to be asked of the server is written down before it is asked: so
whatever answer is lost, the same can be asked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from peewee import SqliteDatabase

from wizterm.db.models import CartRow
from wizterm.db.models import HandoverRow as Row
from wizterm.domain.clock import Clock, milliseconds, moment
from wizterm.protocol.decoding import decoded
from wizterm.protocol.documents import fingerprint
from wizterm.protocol.handover import CartLabel, HandedCarts, HandedOver

LISTED = timedelta(days=14)
"""How long a cart that another device went on with is listed here."""
REMEMBERED = timedelta(days=90)
"""How long it is known that a cart was taken here; the server forgets what was in it then."""
_OPEN, _LOCKED = 0, 2


class Stage(StrEnum):
    GOING = "going"
    """The server has not been heard to have it."""
    THERE = "there"
    TAKING = "taking"
    """Wanted here; the server has not been heard to give it."""
    ARRIVED = "arrived"
    """Its text is here, and no cart yet."""
    UNREADABLE = "unreadable"
    """Its text is here, and the program makes no cart of it."""
    KEPT = "kept"
    """It is a cart here."""
    GONE = "gone"
    """It was from here, and the server gave it to another device, which has not been heard to have it."""
    SETTLED = "settled"
    """It was from here, and another device has it."""


ELSEWHERE = frozenset({Stage.GONE, Stage.SETTLED})
_ASKED = frozenset({Stage.GOING, Stage.TAKING})


@dataclass(frozen=True, slots=True)
class Handing:
    id: str
    stage: Stage
    ours: bool
    """Whether its cart stands here, locked."""
    tried: bool
    label: CartLabel
    device: str
    """Name of the device it came from; of the one that took it, where it is gone."""
    at: datetime
    """When it was handed over, or taken."""
    sha256: str


class Handovers:
    def __init__(self, database: SqliteDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> list[Handing]:
        """Newest first."""
        query = _heads().order_by(Row.at.desc(), Row.id.desc())
        return [_handing(row) for row in query.execute(self._database)]

    def get(self, handover: str) -> Handing | None:
        row = _heads().where(Row.id == handover).first(self._database)
        return None if row is None else _handing(row)

    def body(self, handover: str) -> str:
        """What is in the cart, as it was frozen."""
        query = Row.select(Row.body).where(Row.id == handover).tuples()
        return next((str(body) for (body,) in query.execute(self._database)), "")

    def outgoing(self) -> list[Handing]:
        """Those the server has to be told of: one that is wanted back may not have arrived."""
        return [row for row in self.all() if row.ours and row.stage in _ASKED]

    def wanted(self) -> list[Handing]:
        return [row for row in self.all() if row.stage is Stage.TAKING]

    def begin(self, handover: str, label: CartLabel, body: str) -> None:
        """Freeze a cart and lock it. Call it within the transaction that read the cart."""
        now = milliseconds(self._clock.now())
        Row.insert(
            id=handover,
            cart=label.cart,
            stage=Stage.GOING,
            ours=1,
            label=msgspec.json.encode(label).decode(),
            at=now,
            changed_at=now,
            sha256=fingerprint(body),
            body=body,
        ).execute(self._database)
        self._turn(label.cart, _LOCKED)

    def trying(self, handover: str) -> None:
        """It may have arrived from now on."""
        Row.update(tried=1).where(Row.id == handover).execute(self._database)

    def give_back(self, handover: str) -> None:
        """The server will not have it: the cart is one of this device again."""
        with self._database.atomic():
            row = self.get(handover)
            if row is not None and row.ours and row.stage in _ASKED:
                self._forget(Row.id == handover)
                self._turn(row.label.cart, _OPEN)

    def heard(self, said: HandedOver) -> None:
        """The server has it, or had it and gave it back: what was in it stands here then, however long ago that was."""
        with self._database.atomic():
            row = self.get(said.id)
            if row is None:
                return
            if row.stage in {Stage.GOING, Stage.THERE}:
                self._follow(row, said)
            elif row.stage is Stage.TAKING and row.ours and said.taken_here:
                self._set(row.id, Stage.ARRIVED)

    def want(self, handover: str) -> None:
        """The rep wants it here."""
        self._move(handover, {Stage.GOING, Stage.THERE}, Stage.TAKING)

    def arrived(self, handover: str, body: str) -> None:
        self._move(handover, {Stage.TAKING}, Stage.ARRIVED, body=body)

    def put_by(self, handover: str) -> None:
        """No cart can be made of it here."""
        self._move(handover, {Stage.ARRIVED}, Stage.UNREADABLE)

    def lost(self, handover: str) -> None:
        """Another device was first, or the server has it no more; what it tells next says which."""
        self._move(handover, {Stage.TAKING}, Stage.THERE)

    def keep(self, handover: Handing) -> None:
        """It is a cart here, open; call it within the transaction that makes it one."""
        self._forget((Row.cart == handover.label.cart) & Row.stage.in_(sorted(ELSEWHERE)))
        self._set(handover.id, Stage.KEPT, body="", ours=0)
        if handover.ours:
            self._turn(handover.label.cart, _OPEN)

    def dismiss(self, handover: str) -> None:
        """List a cart no more that another device has; what stood here of it goes too."""
        with self._database.atomic():
            row = self.get(handover)
            if row is not None and row.stage in {Stage.SETTLED, Stage.UNREADABLE}:
                self._forget(Row.id == handover)
            if row is not None and row.stage is Stage.SETTLED:
                locked = (CartRow.id == row.label.cart) & (CartRow.discarded == _LOCKED)
                CartRow.delete().where(locked).execute(self._database)

    def hear(self, told: HandedCarts) -> list[Handing]:
        """Follow what the server tells of all carts.

        Gives those that wait there although they were taken here: the server was set back to before that.
        """
        again = []
        with self._database.atomic():
            standing = {row.id: row for row in self.all()}
            for said in told.carts:
                row = standing.pop(said.id, None)
                if row is None:
                    self._note(said)
                elif row.stage is Stage.THERE or _moved_on(row, said):
                    self._follow(row, said)
                elif row.stage is Stage.UNREADABLE and not said.taken_by:
                    self._set(row.id, Stage.THERE, body="")
                elif row.stage is Stage.KEPT and not said.taken_by:
                    again.append(row)
            for row in standing.values():
                if row.stage is Stage.THERE:
                    self._untold(row)
            self._tidy()
        return again

    def _note(self, said: HandedOver) -> None:
        if said.taken_by:
            return
        Row.insert(
            id=said.id,
            cart=said.label.cart,
            stage=Stage.THERE,
            ours=0,
            label=msgspec.json.encode(said.label).decode(),
            device=said.device,
            at=milliseconds(said.at),
            changed_at=milliseconds(self._clock.now()),
            sha256=said.sha256,
        ).execute(self._database)

    def _follow(self, row: Handing, said: HandedOver) -> None:
        if not said.taken_by:
            known = row.stage, row.device, milliseconds(row.at)
            if known != (Stage.THERE, said.device, milliseconds(said.at)):
                self._set(row.id, Stage.THERE, device=said.device, at=milliseconds(said.at))
        elif said.taken_here:
            self._set(row.id, Stage.ARRIVED if row.ours else Stage.TAKING)
        elif row.ours:
            stage = Stage.SETTLED if said.arrived else Stage.GONE
            self._set(row.id, stage, device=said.taken_by, at=milliseconds(said.taken_at or said.at))
        else:
            self._forget(Row.id == row.id)

    def _untold(self, row: Handing) -> None:
        """What is ours and not told is said again: it was taken long ago, or the server was set back to before it."""
        if row.ours:
            self._set(row.id, Stage.GOING)
        else:
            self._forget(Row.id == row.id)

    def _tidy(self) -> None:
        now = self._clock.now()
        old = milliseconds(now - LISTED)
        gone = Row.select(Row.id).where((Row.stage == Stage.SETTLED) & (Row.changed_at < old))
        for (handover,) in list(gone.tuples().execute(self._database)):
            self.dismiss(handover)
        self._forget((Row.stage == Stage.KEPT) & (Row.changed_at < milliseconds(now - REMEMBERED)))

    def _move(self, handover: str, from_: set[Stage], to: Stage, **more: str) -> None:
        with self._database.atomic():
            row = self.get(handover)
            if row is not None and row.stage in from_:
                self._set(handover, to, **more)

    def _set(self, handover: str, stage: Stage, **more: str | int) -> None:
        now = milliseconds(self._clock.now())
        changes = {"stage": stage, "changed_at": now, **more}
        Row.update(changes).where(Row.id == handover).execute(self._database)

    def _forget(self, which: object) -> None:
        Row.delete().where(which).execute(self._database)

    def _turn(self, cart: str, state: int) -> None:
        CartRow.update(discarded=state).where(CartRow.id == cart).execute(self._database)


def _moved_on(row: Handing, said: HandedOver) -> bool:
    """Whether what went to another device has arrived there, or was freed by the office."""
    now = Stage.SETTLED if said.arrived else Stage.GONE
    return row.stage in ELSEWHERE and (not said.taken_by or row.stage is not now)


def _heads() -> Any:
    """Without what is in the carts."""
    return Row.select(Row.id, Row.stage, Row.ours, Row.tried, Row.label, Row.device, Row.at, Row.sha256)


def _handing(row: Row) -> Handing:
    return Handing(
        id=row.id,
        stage=Stage(row.stage),
        ours=bool(row.ours),
        tried=bool(row.tried),
        label=decoded(row.label, CartLabel),
        device=row.device,
        at=moment(row.at),
        sha256=row.sha256,
    )
