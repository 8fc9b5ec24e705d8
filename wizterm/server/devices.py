"""Devices, and the installation codes that make their documents' numbers their own."""

from __future__ import annotations

from functools import reduce
from typing import Any
from uuid import UUID

from wizterm.protocol.problem import Code, problem
from wizterm.protocol.proof import proves
from wizterm.protocol.session import SignIn
from wizterm.server.store import ledger
from wizterm.server.store.founding import FIRST_CODE
from wizterm.server.store.people import Device, MoreCode
from wizterm.server.store.prepared import prepared

MOST_UNSENT = 1_000_000
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def welcome(request: SignIn, rep: str, now: int) -> Device:
    """The device of a sign-in, registered at its first; a revoked one is turned away."""
    device: Device | None = Device.get_or_none(Device.id == _id(request.device))
    if device is None:
        return Device.create(
            id=_id(request.device),
            rep=rep,
            name=request.device_name[:100],
            public_key=request.public_key[:200],
            code=_its_own(request.installation) or new_code(),
            seen_at=now,
        )
    if device.revoked:
        raise problem(403, Code.FORBIDDEN, "This device is shut out", "The office has shut out this device: ask there.")
    if device.public_key and not proves(request.proof, device.public_key, request.device, request.rep):
        words = "These files say they are a device that is registered with another key: ask the office."
        raise problem(403, Code.FORBIDDEN, "Another device", words)
    Device.update(rep=rep, name=request.device_name[:100] or device.name, seen_at=now).where(
        Device.id == device.id
    ).execute()
    return device


def saw(device: str, now: int, unsent: int) -> None:
    """It called just now, and said how many documents wait on it; a negative count says nothing."""
    if unsent >= 0:
        _told_unsent.change(device, now, min(unsent, MOST_UNSENT))
    else:
        _called.change(device, now)


@prepared
def _told_unsent(device: Any, now: Any, unsent: Any) -> Any:
    return Device.update(seen_at=now, unsent=unsent).where(Device.id == device)


@prepared
def _called(device: Any, now: Any) -> Any:
    return Device.update(seen_at=now).where(Device.id == device)


def new_code() -> str:
    """An installation code that no device ever had."""
    return _code(ledger.draw(ledger.INSTALLATIONS) - 1)


def _its_own(code: str) -> str:
    """The code a device says it has, where it was drawn and is nobody's: the store was restored to before it knew."""
    if not code or any(digit not in _DIGITS for digit in code) or code_taken(code):
        return ""
    drawn = range(FIRST_CODE, ledger.reading_of(ledger.INSTALLATIONS))
    return code if _number(code) in drawn and code == _code(_number(code)) else ""


def code_taken(code: str) -> bool:
    more = MoreCode.select().where(MoreCode.code == code)
    return bool(Device.select().where(Device.code == code).exists() or more.exists())


def _number(code: str) -> int:
    return reduce(lambda number, digit: number * 32 + _DIGITS.index(digit), code, 0)


def _id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise problem(
            400, Code.BAD_REQUEST, "No device id", "Expected the device's id to be a UUID.", field="device"
        ) from error


def _code(number: int) -> str:
    code = ""
    while number:
        number, digit = divmod(number, 32)
        code = _DIGITS[digit] + code
    return code
