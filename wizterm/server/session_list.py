"""Sessions as the office sees and ends them: who holds tokens, on which device, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wizterm.domain.clock import Clock, milliseconds, moment
from wizterm.domain.nearest import did_you_mean
from wizterm.server import tokens
from wizterm.server.deciding import Deciding, Role
from wizterm.server.office_error import OfficeError
from wizterm.server.store.base import rows
from wizterm.server.store.people import Device, Rep, SignedIn
from wizterm.server.store.store import Store


class SessionError(OfficeError):
    """There is no such session; the message says where to look."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    id: str
    rep: str
    device: str
    """Its installation code."""
    device_name: str
    expires_at: datetime
    """When its refresh token ends, where it is not used before."""


class Sessions:
    def __init__(self, store: Store, by: Deciding, clock: Clock) -> None:
        self._store = store
        self._by = by
        self._clock = clock

    def all(self) -> tuple[SessionLine, ...]:
        """Those that can still be used, by rep."""
        with self._store.reading():
            open_ = SignedIn.expires_at > milliseconds(self._clock.now())
            return _lines(open_)

    def revoke(self, wanted: str) -> tuple[SessionLine, ...]:
        """End the session with this id, or all of the device or rep with this code; they can sign in again."""
        with self._by.decide(Role.ADMIN, "ended the sign-ins of") as decision:
            device = rows(Device.select(Device.id).where(Device.code == wanted.upper()))
            reps = rows(Rep.select(Rep.code).where(Rep.login == wanted.lower()))
            which = (SignedIn.id == wanted) | SignedIn.rep.in_(_first(reps)) | SignedIn.device.in_(_first(device))
            ended = _lines(which)
            if not ended:
                known = {name for line in _lines(SignedIn.id != "") for name in (line.rep, line.device)}
                raise SessionError(
                    f"There is no session of {wanted[:40]!r}: `admin tokens list` shows who has one."
                    f"{did_you_mean(wanted, known)}"
                )
            tokens.end_all(which)
            decision.about = ", ".join(sorted({line.rep for line in ended}))
            decision.words = ", ".join(sorted({f"device {line.device}" for line in ended}))
            return ended


def _first(found: list[tuple[Any, ...]]) -> list[Any]:
    return [row[0] for row in found]


def _lines(which: Any) -> tuple[SessionLine, ...]:
    query = (
        SignedIn.select(SignedIn.id, SignedIn.rep, Device.code, Device.name, SignedIn.expires_at)
        .join(Device, on=(Device.id == SignedIn.device))
        .where(which)
        .order_by(SignedIn.rep, Device.code)
    )
    return tuple(SessionLine(id_, rep, code, name, moment(ends)) for id_, rep, code, name, ends in rows(query))
