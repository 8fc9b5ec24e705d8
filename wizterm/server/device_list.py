"""Devices, as the office sees them and shuts them out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wizterm.domain.clock import moment
from wizterm.domain.nearest import did_you_mean
from wizterm.server.deciding import Deciding, Role
from wizterm.server.office_error import OfficeError
from wizterm.server.store.base import rows
from wizterm.server.store.people import Device, MoreCode
from wizterm.server.store.store import Store


class DeviceError(OfficeError):
    """There is no such device; the message says where to look."""


@dataclass(frozen=True, slots=True)
class DeviceLine:
    id: str
    rep: str
    name: str
    code: str
    more_codes: tuple[str, ...]
    """That it got because its files were copied."""
    revoked: bool
    seen_at: datetime
    unsent: int | None
    """How many documents waited on it then; None where it has not said."""


class DeviceList:
    def __init__(self, store: Store, by: Deciding) -> None:
        self._store = store
        self._by = by

    def all(self) -> tuple[DeviceLine, ...]:
        """Those seen last come first."""
        with self._store.reading():
            return tuple(_line(device) for device in Device.select().order_by(Device.seen_at.desc(), Device.code))

    def revoke(self, wanted: str) -> DeviceLine:
        """Out at once, by its code or id. What it still has unsent can come in a file, or after it is let in again."""
        return self._turn(wanted, revoked=True)

    def let_in(self, wanted: str) -> DeviceLine:
        return self._turn(wanted, revoked=False)

    def _turn(self, wanted: str, *, revoked: bool) -> DeviceLine:
        did = "shut out the device" if revoked else "let in the device"
        with self._by.decide(Role.ADMIN, did) as decision:
            if not Device.update(revoked=revoked).where(_is(wanted)).execute():
                known = [row[0] for row in rows(Device.select(Device.code))]
                hint = did_you_mean(wanted, known)
                raise DeviceError(f"There is no device {wanted[:40]!r}: `admin devices list` shows the codes.{hint}")
            line = _line(Device.get(_is(wanted)))
            decision.about, decision.words = line.code, f"{line.name}, {line.rep}" if line.name else line.rep
            return line


def _is(wanted: str) -> Any:
    return (Device.code == wanted.upper()) | (Device.id == wanted.lower())


def _line(device: Device) -> DeviceLine:
    more = rows(MoreCode.select(MoreCode.code).where(MoreCode.device == device.id).order_by(MoreCode.code))
    return DeviceLine(
        id=device.id,
        rep=device.rep,
        name=device.name,
        code=device.code,
        more_codes=tuple(code for (code,) in more),
        revoked=device.revoked,
        seen_at=moment(device.seen_at),
        unsent=None if device.unsent < 0 else device.unsent,
    )
