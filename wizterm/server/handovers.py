"""Carts that a rep hands over: kept here until one of their devices takes them, and told to nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec

from wizterm.domain.clock import Clock, milliseconds, moment
from wizterm.protocol.decoding import decoded
from wizterm.protocol.documents import fingerprint
from wizterm.protocol.handover import (
    MOST_BYTES,
    MOST_TAKEN,
    MOST_WAITING,
    CartLabel,
    HandedCarts,
    HandedOver,
    HandOver,
    TakenCart,
)
from wizterm.protocol.problem import Code, ProblemError, problem
from wizterm.server.auth import Caller
from wizterm.server.store.base import rows
from wizterm.server.store.handing import HandoverRow
from wizterm.server.store.people import Device
from wizterm.server.store.store import Store

KEPT = timedelta(days=90)
"""How long what was in a cart is kept after a device has taken it."""


@dataclass(frozen=True, slots=True)
class Handovers:
    store: Store
    clock: Clock

    def keep(self, caller: Caller, request: HandOver) -> HandedOver:
        """Take a cart into keeping, once; raises a problem where it cannot be kept as it is."""
        _check(request)
        with self.store.writing():
            found = _row(request.id)
            if found is None:
                self._make_room(caller)
                found = HandoverRow.create(
                    id=request.id,
                    rep=caller.rep,
                    device=caller.device,
                    at=milliseconds(self.clock.now()),
                    label=msgspec.json.encode(request.label).decode(),
                    sha256=request.sha256,
                    body=request.body,
                )
            elif found.rep != caller.rep:
                raise _not_there()
            elif found.sha256 != request.sha256:
                words = "Another cart was handed over under this id: it needs an id of its own."
                raise problem(400, Code.BAD_REQUEST, "Another cart", words, field="id")
            return _told([found], caller)[0]

    def told(self, caller: Caller) -> HandedCarts:
        """What waits for the caller's devices, and what others of them took from this one lately.

        A device asks when it has what it took: so all that it took before has arrived.
        """
        self._arrived(caller)
        since = milliseconds(self.clock.now() - KEPT)
        mine = HandoverRow.rep == caller.rep
        lately = (HandoverRow.taken_at > since) | (HandoverRow.arrived_at == 0)
        gone = (HandoverRow.device == caller.device) & HandoverRow.taken_by.not_in(["", caller.device])
        newest = HandoverRow.at.desc(), HandoverRow.id.desc()
        with self.store.reading():
            waiting = list(_heads().where(mine & (HandoverRow.taken_by == "")).order_by(*newest))
            taken = list(_heads().where(mine & gone & lately).order_by(*newest)[:MOST_TAKEN])
            return HandedCarts(carts=tuple(_told([*waiting, *taken], caller)))

    def take(self, caller: Caller, handover: str) -> TakenCart:
        """Give the cart to the device that asks first, and to it again; raises a problem that names who has it."""
        waits = (HandoverRow.id == handover) & (HandoverRow.rep == caller.rep) & (HandoverRow.taken_by == "")
        now = milliseconds(self.clock.now())
        with self.store.writing():
            HandoverRow.update(taken_by=caller.device, taken_at=now).where(waits).execute()
            found = _row(handover)
            if found is None or found.rep != caller.rep:
                raise _not_there()
            told = _told([found], caller)[0]
            if not told.taken_here:
                raise _taken(told)
            if not found.body:
                words = "This device took the cart long ago, and what was in it is no longer kept."
                raise problem(404, Code.NOT_FOUND, "No longer kept", words)
            return TakenCart(handed=told, body=found.body)

    def _arrived(self, caller: Caller) -> None:
        unheard = (
            (HandoverRow.rep == caller.rep) & (HandoverRow.taken_by == caller.device) & (HandoverRow.arrived_at == 0)
        )
        with self.store.reading():
            waits = HandoverRow.select(HandoverRow.id).where(unheard).exists()
        if waits:
            with self.store.writing():
                HandoverRow.update(arrived_at=milliseconds(self.clock.now())).where(unheard).execute()

    def _make_room(self, caller: Caller) -> None:
        """Forget what was in carts taken long ago; refuse one more where too many wait."""
        old = milliseconds(self.clock.now() - KEPT)
        HandoverRow.update(body="").where(
            (HandoverRow.arrived_at > 0) & (HandoverRow.arrived_at < old) & (HandoverRow.body != "")
        ).execute()
        mine = (HandoverRow.rep == caller.rep) & (HandoverRow.taken_by == "")
        if HandoverRow.select().where(mine).count() >= MOST_WAITING:
            words = f"{MOST_WAITING} carts of yours wait on the server already: take some of them first."
            raise problem(400, Code.BAD_REQUEST, "Too many carts wait", words)


def _check(request: HandOver) -> None:
    size = len(request.body.encode())
    if size > MOST_BYTES:
        words = f"The cart is too large to be handed over: {size:,} bytes, at most {MOST_BYTES:,}."
        raise problem(413, Code.TOO_LARGE, "Too large", words, field="body")
    if not request.body or fingerprint(request.body) != request.sha256:
        words = "The cart's text is not the one that was hashed: send it again."
        raise problem(400, Code.BAD_REQUEST, "Damaged", words, field="sha256")


def _row(handover: str) -> HandoverRow | None:
    found: HandoverRow | None = HandoverRow.get_or_none(HandoverRow.id == handover)
    return found


def _heads() -> Any:
    """Without what is in them."""
    wanted = ("id", "device", "at", "label", "sha256", "taken_by", "taken_at", "arrived_at")
    return HandoverRow.select(*(getattr(HandoverRow, name) for name in wanted))


def _told(found: list[HandoverRow], caller: Caller) -> list[HandedOver]:
    ids = {device for row in found for device in (row.device, row.taken_by)}
    names = {id_: name or code for id_, name, code in rows(_devices(ids))}
    return [
        HandedOver(
            id=row.id,
            sha256=row.sha256,
            label=decoded(row.label, CartLabel),
            device=names.get(row.device, "another device"),
            at=moment(row.at),
            from_here=row.device == caller.device,
            taken_by=names.get(row.taken_by, "another device") if row.taken_by else "",
            taken_at=moment(row.taken_at) if row.taken_by else None,
            taken_here=row.taken_by == caller.device,
            arrived=bool(row.arrived_at),
        )
        for row in found
    ]


def _devices(ids: set[str]) -> Any:
    return Device.select(Device.id, Device.name, Device.code).where(Device.id.in_(sorted(ids)))


def _taken(told: HandedOver) -> ProblemError:
    name = told.label.name or "The cart"
    words = f"{name} was continued on {told.taken_by} already: it is there now."
    return problem(409, Code.TAKEN_ELSEWHERE, "Continued on another device", words)


def _not_there() -> ProblemError:
    words = "No cart of yours is kept under this id: it may have been taken long ago."
    return problem(404, Code.NOT_FOUND, "No such cart", words)
